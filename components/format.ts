/** Numbers and times as the site writes them. Every function answers "–" for a value that is not known. */

export const UNKNOWN = "–";

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 12,304 */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : grouped.format(value);
}

/** "1 vote", "12,304 votes" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped.format(value)} ${value === 1 ? one : many}`;
}

/** A share between 0 and 1 as a percentage. */
export function percent(share: number | null | undefined, digits = 0): string {
  return share === null || share === undefined ? UNKNOWN : `${(share * 100).toFixed(digits)}%`;
}

/** Elo and Bradley-Terry ratings: whole points. */
export function points(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : String(Math.round(value));
}

/** +7, −7, 0: with a real minus sign. */
export function signed(value: number, digits = 0): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return digits === 0 ? "0" : text;
  return `${value > 0 ? "+" : "−"}${text}`;
}

/** Three significant digits, for distances. */
export function significant(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  return value === 0 || Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** US dollars, cheap things included: $0, $0.04, $0.0021, $12.50 */
export function dollars(value: number | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (value === 0) return "free";
  return `$${value >= 0.1 ? value.toFixed(2) : Number(value.toPrecision(2))}`;
}

/** 840 ms, 2.4 s, 3 min 12 s */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return UNKNOWN;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** "2–3", or "2" where the votes exclude every other rank. */
export function rankSpread(low: number | null, high: number | null): string {
  if (low === null || high === null) return UNKNOWN;
  return low === high ? String(low) : `${low}–${high}`;
}

/** 22 Nov 2026: the same on server and client, whatever the reader's time zone. */
export function day(iso: string | null | undefined): string {
  if (!iso) return UNKNOWN;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(iso));
}

/** 22 Nov 2026, 18:52 UTC */
export function moment(iso: string | null | undefined): string {
  if (!iso) return UNKNOWN;
  const format = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return `${format.format(new Date(iso))} UTC`;
}

/** How many parameters a network has: 680k, 5.3M, 12B */
export function networkSize(parameters: number | null | undefined): string {
  if (parameters === null || parameters === undefined) return UNKNOWN;
  const [unit, sign] = parameters >= 1e9 ? [1e9, "B"] : parameters >= 1e6 ? [1e6, "M"] : [1e3, "k"];
  return `${Number((parameters / unit).toPrecision(parameters / unit >= 100 ? 3 : 2))}${sign}`;
}

/** true, false, unsaid. */
export function yesNo(value: boolean | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : value ? "yes" : "no";
}

/** 0 B, 840 KB, 2.4 GB: powers of a thousand, as disks are sold. */
export function bytesText(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return UNKNOWN;
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}
