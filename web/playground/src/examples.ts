/** Queries and records to begin with, by schema. */
export interface Example { name: string; query: string }

export const EXAMPLES: Record<string, Example[]> = {
  activities: [
    { name: "Risky sign-ins this week", query: "ip.category = Risky and date in last 7 days" },
    { name: "From abroad, without a country too", query: "not location.country = US and date in last 24 hours" },
    { name: "Needs two requests", query: "ip.category = Risky or service = Box" },
    { name: "Admins in a network", query: "user.username starts with adm and ip.address in 10.16.0.0/12" },
    { name: "Grouped", query: "(device.type = Mobile or device.type = Tablet) and not ip.tags = Tor and date on yesterday" },
    { name: "With a mistake", query: "ip.category = Rissky and servce = Box" },
  ],
  alerts: [
    { name: "Open and severe", query: "alertOpen = true and severity = High" },
    { name: "Unread this week", query: "read = false and date in last 7 days" },
    { name: "Resolved last month", query: "resolutionDate in last month" },
  ],
  files: [
    { name: "Shared outside", query: "sharing = Public and extension in (docx, xlsx)" },
    { name: "Not touched for 90 days", query: "modifiedDate older than 90 days and trashed = false" },
  ],
  entities: [
    { name: "External users", query: "isExternal = true and domain is set" },
    { name: "Outside the company", query: "not domain = contoso.com" },
  ],
};

export const RECORDS: Record<string, unknown[]> = {
  activities: [
    { _id: "a1", timestamp: 0, appId: 10489, user: { userName: "adm.ann@contoso.com" }, location: { countryCode: "US", category: 3 }, device: { clientIP: "10.20.4.7" }, userAgent: { deviceType: "MOBILE" } },
    { _id: "a2", timestamp: -86_400_000, appId: 11161, user: { userName: "bob@contoso.com" }, location: { countryCode: "DE", category: 1 }, device: { clientIP: "203.0.113.9" }, userAgent: { deviceType: "DESKTOP" } },
    { _id: "a3", timestamp: -30 * 86_400_000, appId: 10489, user: { userName: "cleo@contoso.com" }, location: {}, device: { clientIP: "198.51.100.20" } },
  ],
  alerts: [
    { _id: "al1", severityValue: 2, resolutionStatusValue: 0, timestamp: 0 },
    { _id: "al2", severityValue: 0, resolutionStatusValue: 2, timestamp: -40 * 86_400_000, resolveTime: -20 * 86_400_000 },
  ],
  files: [
    { _id: "f1", name: "Plan.docx", fileExtension: "docx", fileAccessLevel: [3, "PUBLIC"], modifiedDate: 0, appId: 11161 },
    { _id: "f2", name: "Old.xlsx", fileExtension: "xlsx", fileAccessLevel: [0, "PRIVATE"], modifiedDate: -200 * 86_400_000, appId: 10489 },
  ],
  entities: [
    { _id: "e1", type: "user", isExternal: false, domain: "contoso.com", status: "2" },
    { _id: "e2", type: "user", isExternal: true, domain: "example.org", status: "2" },
    { _id: "e3", type: "account", isExternal: true },
  ],
};

/** The records with their times counted from now. */
export function recordsOf(schema: string, now: number): string {
  const shifted = JSON.stringify(RECORDS[schema] ?? [{}], (key, value) =>
    /^(timestamp|resolveTime|modifiedDate)$/.test(key) && typeof value === "number" ? now - 3_600_000 + value : value);
  return (JSON.parse(shifted) as unknown[]).map(record => JSON.stringify(record)).join("\n");
}

export const OWN_SCHEMA = `name = "tickets"
title = "Tickets"
description = "Requests of customers"

[[field]]
name = "opened"
type = "timestamp"
cardinality = "one"
operators = ["gte", "lte", "gte_ndays"]
description = "When the ticket was opened"

[[field]]
name = "priority"
type = "integer"
operators = ["eq", "neq"]
values = [{ value = 1, label = "Low" }, { value = 2, label = "High", also = ["Urgent"] }]
description = "How soon the ticket has to be answered"

[[field]]
name = "customer"
type = "string"
operators = ["eq", "neq", "startswith", "contains", "isset", "isnotset"]
description = "Who asked"
`;
