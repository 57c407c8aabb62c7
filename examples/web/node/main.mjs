// Compiles a query and tries it on a record, without a browser.
import { open } from "tamis-query";

const language = await open({ schema: "activities", now: Date.UTC(2026, 10, 1), zone: "UTC" }, "full");
const query = "ip.category = Risky and not location.country = US";

console.log(language.compile(query, "sqlite", { inline: true }).text);
console.log(language.match(query, { location: { category: 3, countryCode: "DE" } }).matches);
