import { rankSpread } from "@/components/format";
import type { BoardAnalysis } from "@/lib/schemas/views";

/** The ranks that other methods would give: where they agree, the order is no accident of one. */
export function MethodsTable({ models, methods }: Pick<BoardAnalysis, "models" | "methods">) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-muted text-xs">
            <th scope="col" className="py-2 pr-4 text-left font-medium">
              Model
            </th>
            {methods.map(({ name, label }) => (
              <th key={name} scope="col" className="px-3 py-2 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map(({ slug, name }) => (
            <tr key={slug} className="border-line border-t">
              <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                {name}
              </th>
              {methods.map((method) => {
                const rank = method.ranks.find(({ model }) => model === slug);
                return (
                  <td key={method.name} className="px-3 py-2.5 text-right tabular-nums">
                    {!rank ? "–" : rank.low === null ? rank.rank : rankSpread(rank.low, rank.high)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
