import { Feed } from "feed";
import { counted, rankSpread } from "@/components/format";
import type { BoardChanges, RankedName } from "@/lib/schemas/views";

/** A board's changes as an Atom feed (RFC 4287): an entry for each day on which a model came or a rank changed. */
export function boardFeed(
  { board, name, days }: BoardChanges,
  site: { origin: string; name: string },
): string {
  const page = `${site.origin}/leaderboard/${board}`;
  const feed = new Feed({
    id: page,
    title: `${site.name}: ${name}`,
    description: `New models and changed ranks of ${name}`,
    link: page,
    feedLinks: { atom: `${site.origin}/media/boards/${board}/feed.xml` },
    updated: new Date(days.at(0)?.createdAt ?? 0),
    copyright: "",
    author: { name: site.name },
    generator: "Salon",
  });
  for (const { snapshot, createdAt, votes, entered, moved } of days) {
    feed.addItem({
      id: `${page}#${snapshot}`,
      title: titleOf(entered.length, moved.length),
      link: page,
      date: new Date(createdAt),
      content: [
        "<ul>",
        ...entered.map((model) => `<li>${named(model)}: new, rank ${spread(model)}</li>`),
        ...moved.map(
          (model) => `<li>${named(model)}: rank ${spread(model)}, was ${model.from} on the day before</li>`,
        ),
        "</ul>",
        `<p>After ${counted(votes, "vote")}. A range is where votes leave a model's rank open (95%).</p>`,
      ].join(""),
    });
  }
  return feed.atom1();
}

const titleOf = (entered: number, moved: number): string =>
  [entered > 0 && counted(entered, "new model"), moved > 0 && counted(moved, "changed rank")]
    .filter(Boolean)
    .join(", ");

/** A rank, and the ranks it may be. */
const spread = ({ rank, rankLow, rankHigh }: RankedName): string =>
  rankLow === rankHigh ? `${rank}` : `${rank} (${rankSpread(rankLow, rankHigh)})`;

const named = ({ name }: RankedName): string =>
  name.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]!);
