// MongoDB's filters, by mingo: its operators in JavaScript, not MongoDB itself. Numbers are exact up
// to 2^53 there, and dates end before: a query with larger ones is only read.

import { require, serve } from './shared/runner.mjs';

const { Query } = require('mingo');

/** Instants that are told in words are dates. */
const dated = (value) =>
  Array.isArray(value) ? value.map(dated) : typeof value === 'string' ? new Date(value) : value;

/** A field's name with dots leads into embedded documents. */
function document(fields, record) {
  const out = {};
  for (const { name, type } of fields) {
    if (!(name in record)) continue;
    const value = type === 'timestamp' ? dated(record[name]) : record[name];
    const way = name.split('.');
    const last = way.pop();
    const place = way.reduce((place, part) => (place[part] ??= {}), out);
    place[last] = value;
  }
  return out;
}

/** An expression of characters, as MongoDB's are, not of units of UTF-16. */
const expression = (pattern, options = '') => new RegExp(pattern, `${options}u`);

/** Relaxed Extended JSON: what filters hold of it besides JSON. */
function revived(_, value) {
  if (value?.$regularExpression) {
    const { pattern, options } = value.$regularExpression;
    return expression(pattern, options);
  }
  if (typeof value?.$regex === 'string') return { ...value, $regex: expression(value.$regex) };
  return value?.$date === undefined ? value : new Date(Number(value.$date.$numberLong ?? Date.parse(value.$date)));
}

let documents = [];

const load = (request) => {
  documents = request.records.map((record) => [record['row.number'], document(request.fields, record)]);
};

const select = ({ text }) => {
  if (/\d{17}/.test(text)) return { checked: true };
  const query = new Query(JSON.parse(text, revived));
  return documents.filter(([, document]) => query.test(document)).map(([row]) => row);
};

serve('MongoDB (mingo)', require('mingo/package.json').version, load, select);
