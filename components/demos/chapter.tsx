import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Comparison } from "@/components/demos/comparison";
import { ModelTable, type TabledMetrics, type TabledModel } from "@/components/demos/model-table";
import type { Chapter as ChapterId } from "@/components/demos/chapters";
import type { StackComparison } from "@/lib/schemas/stack/stack-page";

/** One choice: what it is, its formula, who made it here, what that brought, and something to look at. */
export function Chapter({
  id,
  children,
  models,
  metrics,
  comparisons = [],
  figure,
}: {
  id: ChapterId;
  children: ReactNode;
  models?: TabledModel[];
  /** The table's; those of images unless told. */
  metrics?: TabledMetrics;
  comparisons?: StackComparison[];
  figure?: ReactNode;
}) {
  const t = useTranslations("stack.chapters");
  return (
    <section
      id={id}
      className="border-line mt-16 scroll-mt-20 border-t pt-10 first:mt-0 first:border-t-0 first:pt-0"
    >
      <h2 className="text-3xl">
        <a href={`#${id}`} className="hover:text-accent">
          {t(id)}
        </a>
      </h2>
      <div className="max-w-[68ch] leading-relaxed [&>p]:my-4">{children}</div>
      {models && <ModelTable models={models} metrics={metrics} />}
      {comparisons.map((comparison) => (
        <Comparison key={`${comparison.first.slug} ${comparison.second.slug}`} comparison={comparison} />
      ))}
      {figure}
    </section>
  );
}
