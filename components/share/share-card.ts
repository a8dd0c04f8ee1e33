import { counted, points, rankSpread } from "@/components/format";
import { CARD_SIZE, type CardMark } from "@/lib/schemas/card-marks";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";
import type { PersonalRanking } from "@/lib/schemas/personal-ranking";
import type { BoardStanding, ModelStanding } from "@/lib/schemas/views";

/** The light theme's colours: a picture has no theme. */
export const CARD_BACKGROUND = "#f6f3ee";
const [INK, MUTED, LINE, ACCENT] = ["#1f1c18", "#655e54", "#ddd6ca", "#1a5c4a"];

const LEFT = 64;
const FOOT = 550;
/** Rows that fit above the foot. */
const MOST_ROWS = 5;
/** Where a board's rows begin, how far they are apart, and where their parts stand. */
const ROWS = { top: 200, step: 64, rank: LEFT, name: 170, rating: 690, bar: 800, barWidth: 330 };

/** A board's preview: its best models with their intervals. */
export function boardCard(board: BoardStanding, site: string): CardMark[] {
  const rows = rowsOf(board.leaders);
  return [
    ...headOf(site, board.name),
    ...(rows.length > 0 ? rows : [text("Nobody has voted yet.", LEFT, ROWS.top, 36, MUTED)]),
    text(
      `${counted(board.votes, "blind vote")} · ${counted(board.ranked, "model")} · ratings with 95% intervals`,
      LEFT,
      FOOT,
      26,
      MUTED,
    ),
  ];
}

/** A visitor's own ranking of a board, for them to show to others: whose votes it is of is said, and how many. */
export function personalCard({ board, votes, rows }: PersonalRanking, site: string): CardMark[] {
  const shown = rows.slice(0, MOST_ROWS);
  return [
    ...headOf(`${shortened(site, 38)} · one person’s ranking`, board),
    ...rowsOf(shown),
    text(
      `One person’s ${counted(votes, "vote")}, drawn to everybody’s · ${shown.length} of ${counted(rows.length, "model")} · 95% intervals`,
      LEFT,
      FOOT,
      26,
      MUTED,
    ),
  ];
}

type RankedRow = Pick<
  LeaderboardRow,
  "name" | "rankLow" | "rankHigh" | "rating" | "ratingLow" | "ratingHigh"
>;

/** Models from the best on, each with its ranks, its rating and its interval on one axis. */
function rowsOf(leaders: readonly RankedRow[]): CardMark[] {
  const low = Math.min(...leaders.map(({ ratingLow }) => ratingLow ?? Infinity));
  const high = Math.max(...leaders.map(({ ratingHigh }) => ratingHigh ?? -Infinity));
  const at = (rating: number) => Math.round(((rating - low) / (high - low || 1)) * ROWS.barWidth);
  return leaders.flatMap((row, place): CardMark[] => {
    const top = ROWS.top + place * ROWS.step;
    const { rating, ratingLow, ratingHigh } = row;
    const marks = [
      bar(LEFT, top - 16, CARD_SIZE.width - 2 * LEFT, 2, LINE),
      text(rankSpread(row.rankLow, row.rankHigh), ROWS.rank, top, 30, MUTED),
      text(shortened(row.name, 30), ROWS.name, top, 30),
      text(points(rating), ROWS.rating, top, 30),
    ];
    if (rating === null || ratingLow === null || ratingHigh === null) return marks;
    const from = ROWS.bar + at(ratingLow);
    return [
      ...marks,
      bar(from, top + 14, Math.max(4, at(ratingHigh) - at(ratingLow)), 4, ACCENT),
      bar(ROWS.bar + at(rating) - 6, top + 8, 12, 16, ACCENT),
    ];
  });
}

/** A model's preview: where it stands, and how sure that is. */
export function modelCard(
  { name, creator, board, ranking, ranked }: ModelStanding,
  site: string,
): CardMark[] {
  const isRanked = board !== null && ranking !== null && ranking.rank !== null;
  const figures: [string, string, string][] = isRanked
    ? [
        ["Rank", rankSpread(ranking.rankLow, ranking.rankHigh), `of ${ranked}`],
        ["Rating", points(ranking.rating), `${points(ranking.ratingLow)} to ${points(ranking.ratingHigh)}`],
        ["Votes", String(ranking.votes), ranking.provisional ? "provisional" : ""],
      ]
    : [];
  return [
    ...headOf(site, name),
    text(`by ${shortened(creator, 60)}`, LEFT, 190, 32, MUTED),
    ...(isRanked ? [] : [text("Not ranked yet.", LEFT, 300, 36)]),
    ...figures.flatMap(([label, value, note], place) => {
      const left = LEFT + place * 340;
      return [
        text(label, left, 270, 28, MUTED),
        text(value, left, 320, 76),
        text(note, left, 420, 26, MUTED),
      ];
    }),
    text(
      board ? `${board.name}: blind votes of people, 95% intervals` : "On no board yet",
      LEFT,
      FOOT,
      26,
      MUTED,
    ),
  ].filter((mark) => mark.kind !== "text" || mark.text !== "");
}

const headOf = (site: string, title: string): CardMark[] => [
  text(shortened(site, 60), LEFT, 48, 28, ACCENT),
  text(shortened(title, 36), LEFT, 96, 54),
];

const bar = (left: number, top: number, width: number, height: number, colour: string): CardMark => ({
  kind: "bar",
  ...{ left, top, width, height, colour },
});
const text = (words: string, left: number, top: number, size: number, colour = INK): CardMark => ({
  kind: "text",
  text: words,
  ...{ left, top, size, colour },
});

const shortened = (words: string, letters: number): string =>
  words.length > letters ? `${words.slice(0, letters - 1)}…` : words;
