import type { Tx } from "@/lib/db/client";
import type { Board } from "@/lib/db/generated/client";
import { onBoard } from "@/lib/boards/board-models";
import { readModelFacts, type MetricColumns } from "@/lib/scores/model-facts";
import { protocolDifferences } from "@/lib/metrics/protocol";
import type { MetricColumnView } from "@/lib/schemas/metric-values";

/** What the values of each of a board's metrics share, and which other boards measure under the same name something else. */
export async function describeColumns(
  board: { id: string },
  columns: MetricColumns,
  tx: Tx,
): Promise<Record<string, MetricColumnView>> {
  const others = await tx.board.findMany({
    where: { id: { not: board.id }, seenBy: "EVERYONE", archivedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const elsewhere = await Promise.all(others.map(async (other) => ({ other, columns: await columnsOf(other, tx) }))); // prettier-ignore
  return Object.fromEntries(
    [...columns].map(([metric, { protocolHash, example, models, comparable, apart }]) => {
      const { protocol, n, promptsHash } = example;
      const { encoder, preprocessing, reference } = protocol;
      return [
        metric,
        {
          protocol: protocolHash,
          encoder,
          preprocessing,
          reference,
          n,
          commonPrompts: promptsHash !== "",
          models,
          comparable,
          differences: apart ? protocolDifferences(protocol, apart.protocol) : [],
          elsewhere: elsewhere.flatMap(({ other, columns }) => {
            const theirs = columns.get(metric);
            if (!theirs || theirs.protocolHash === protocolHash) return [];
            const differences = protocolDifferences(protocol, theirs.example.protocol);
            return [{ board: { slug: other.slug, name: other.name }, differences }];
          }),
        },
      ];
    }),
  );
}

async function columnsOf(board: Board, tx: Tx): Promise<MetricColumns> {
  const models = await tx.model.findMany({ where: onBoard(board), select: { id: true } });
  const ids = models.map(({ id }) => id);
  return (await readModelFacts(ids, board, tx)).columns;
}
