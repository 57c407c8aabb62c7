import type { ZoneInput } from "./contract.js";

const FROM = Date.UTC(1970, 0, 1);
const TO = Date.UTC(2100, 0, 1);
/** Two changes of a clock never stood closer than this since 1970. */
const STEP = 14 * 86_400_000;

const known = new Map<string, ZoneInput>();

/** The changes of a zone's clock from 1970 to 2100, found through `Intl`. Throws for unknown names. */
export function zoneInput(name: string): ZoneInput {
  if (name === "UTC" || name === "Etc/UTC" || /^[+-]\d\d:\d\d$/.test(name)) return name === "Etc/UTC" ? "UTC" : name;
  const found = known.get(name);
  if (found) return found;
  const offset = offsetIn(name);
  const changes: [number, number][] = [[FROM, offset(FROM)]];
  for (let at = FROM; at < TO; at += STEP) {
    const before = offset(at);
    if (offset(at + STEP) !== before) changes.push(...changesWithin(offset, at, at + STEP));
  }
  const zone = { name, changes };
  known.set(name, zone);
  return zone;
}

/** The seconds that a zone's clock is ahead of UTC, by instant. */
function offsetIn(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric",
  });
  return at => {
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (format.format(at).match(/\d+/g) ?? []).map(Number);
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000) / 1000);
  };
}

/** The one change between two instants, to the second. */
function changesWithin(offset: (at: number) => number, from: number, to: number): [number, number][] {
  let low = from / 1000;
  let high = to / 1000;
  const before = offset(from);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle * 1000) === before) low = middle;
    else high = middle;
  }
  return [[high * 1000, offset(high * 1000)]];
}

/** The zone that the browser stands in. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
