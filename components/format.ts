import type { Language } from "@/lib/schemas/languages";

/** Numbers and times as the site writes them. Every function answers "–" for a value that is not known. */

export const UNKNOWN = "–";

type Maybe<Value> = Value | null | undefined;
type Words = { free: string; yes: string; no: string };

/** The numbers and dates of each language; British ones in English: 22 Nov 2026. */
const REGIONS: Record<Language, string> = {
  en: "en-GB",
  de: "de",
  fr: "fr",
  zh: "zh-CN",
  ja: "ja",
  "en-XA": "en-GB",
};

const ENGLISH_BYTES = ["B", "KB", "MB", "GB", "TB", "PB"];
const FRENCH_BYTES = ["o", "ko", "Mo", "Go", "To", "Po"];

export type Format = ReturnType<typeof formatIn>;

/** All of them in one language; components take them from useFormat. @param words of the messages of `site.format` */
export function formatIn(language: Language, words: Words) {
  const region = REGIONS[language];
  const numbers = numbersIn(region);
  const dates = datesIn(region);
  const { plain, fixed, figures } = numbers;
  const known =
    <Value>(write: (value: Value) => string) =>
    (value: Maybe<Value>): string =>
      value === null || value === undefined || value === "" ? UNKNOWN : write(value);
  return {
    /** 12,304 */
    count: known((value: number) => numbers.grouped(value)),

    /** A share between 0 and 1 as a percentage. */
    percent: (share: Maybe<number>, digits = 0): string =>
      known((value: number) => numbers.percent(value, digits))(share),

    /** Elo and Bradley-Terry ratings: whole points. */
    points: known((value: number) => String(Math.round(value))),

    /** +7, −7, 0: with a real minus sign. */
    signed: (value: number, digits = 0): string => {
      if (Number(Math.abs(value).toFixed(digits)) === 0) return fixed(0, digits);
      return `${value > 0 ? "+" : "−"}${fixed(Math.abs(value), digits)}`;
    },

    /** 0.50: so many decimals. */
    fixed: (value: number, digits: number): string => fixed(value, digits),

    /** Three significant digits, for distances. */
    significant: known((value: number) =>
      value === 0 || Math.abs(value) >= 100 ? fixed(value, 0) : figures(value, 3),
    ),

    /** US dollars, cheap things included: $0.04, $0.0021, $12.50; nothing: free. */
    dollars: known((value: number) => (value === 0 ? words.free : numbers.dollars(value))),

    /** 840 ms, 2.4 s, 3 min 12 s: units by their signs, the same everywhere. */
    duration: known((ms: number) => {
      if (ms < 1000) return `${Math.round(ms)} ms`;
      const seconds = ms / 1000;
      if (seconds < 60) return `${seconds < 10 ? fixed(seconds, 1) : Math.round(seconds)} s`;
      const whole = Math.round(seconds);
      if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
      return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
    }),

    /** "2–3", or "2" where the votes exclude every other rank. */
    rankSpread: (low: number | null, high: number | null): string => {
      if (low === null || high === null) return UNKNOWN;
      return low === high ? String(low) : `${low}–${high}`;
    },

    /** 22 Nov 2026: the same on server and client, whatever the reader's time zone. */
    day: known((iso: string) => dates.day(new Date(iso))),

    /** 22 Nov 2026, 18:52 UTC */
    moment: known((iso: string) => `${dates.moment(new Date(iso))} UTC`),

    /** How many parameters a network has: 680k, 5.3M, 12B */
    networkSize: known((parameters: number) => {
      const [unit, sign] = parameters >= 1e9 ? [1e9, "B"] : parameters >= 1e6 ? [1e6, "M"] : [1e3, "k"];
      return `${plain(Number((parameters / unit).toPrecision(parameters / unit >= 100 ? 3 : 2)))}${sign}`;
    }),

    /** true, false, unsaid. */
    yesNo: known((value: boolean) => (value ? words.yes : words.no)),

    /** 0 B, 840 KB, 2.4 GB: powers of a thousand, as disks are sold. */
    bytesText: known((bytes: number) => {
      const units = language === "fr" ? FRENCH_BYTES : ENGLISH_BYTES;
      let [value, unit] = [bytes, 0];
      while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
      const shown = unit === 0 || value >= 99.5 ? Math.round(value) : Number(value.toPrecision(2));
      return `${plain(shown)} ${units[unit]}`;
    }),
  };
}

function numbersIn(region: string) {
  const writer = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(region, options);
  const digits = (least: number) => ({ minimumFractionDigits: least, maximumFractionDigits: least });
  const grouped = writer({ maximumFractionDigits: 0 });
  const plain = writer({ useGrouping: false, maximumFractionDigits: 20 });
  const money = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" } as const;
  return {
    grouped: (value: number) => grouped.format(value),
    plain: (value: number) => plain.format(value),
    fixed: (value: number, places: number) => writer({ useGrouping: false, ...digits(places) }).format(value),
    figures: (value: number, places: number) =>
      writer({
        useGrouping: false,
        minimumSignificantDigits: places,
        maximumSignificantDigits: places,
      }).format(value),
    percent: (share: number, places: number) =>
      writer({ style: "percent", useGrouping: false, ...digits(places) }).format(share),
    dollars: (value: number) =>
      writer({
        ...money,
        useGrouping: false,
        ...(value >= 0.1 ? digits(2) : { maximumSignificantDigits: 2 }),
      }).format(value),
  };
}

function datesIn(region: string) {
  const day = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeZone: "UTC" });
  const moment = new Intl.DateTimeFormat(region, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return { day: (date: Date) => day.format(date), moment: (date: Date) => moment.format(date) };
}

/** In English, for rooms whose text is not in the catalogue yet (docs/translations.md). */
export const {
  count,
  percent,
  points,
  signed,
  significant,
  fixed,
  dollars,
  duration,
  rankSpread,
  day,
  moment,
  networkSize,
  yesNo,
  bytesText,
} = formatIn("en", { free: "free", yes: "yes", no: "no" });

/** "1 vote", "12,304 votes"; a message's plural in rooms that are in the catalogue. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
