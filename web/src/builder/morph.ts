/** Makes one tree of elements like another, and keeps what is alike: the focus stays where it is. */
export function morph(from: Element, to: Element): void {
  syncAttributes(from, to);
  const olds = [...from.childNodes];
  const news = [...to.childNodes];
  news.forEach((next, position) => {
    const old = olds[position];
    if (!old) from.append(next);
    else if (old instanceof Element && next instanceof Element && alike(old, next)) morph(old, next);
    else if (old.nodeType === Node.TEXT_NODE && next.nodeType === Node.TEXT_NODE) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    } else old.replaceWith(next);
  });
  for (const old of olds.slice(news.length)) old.remove();
  if (from instanceof HTMLSelectElement && to instanceof HTMLSelectElement) from.value = to.value;
  if (from instanceof HTMLInputElement) from.value = to.getAttribute("value") ?? "";
}

const alike = (a: Element, b: Element): boolean =>
  a.nodeName === b.nodeName && a.getAttribute("type") === b.getAttribute("type") && a.getAttribute("data-kind") === b.getAttribute("data-kind");

function syncAttributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
}
