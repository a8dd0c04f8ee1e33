import { useTranslations } from "next-intl";
import { axisOf, IntervalBar } from "@/components/interval-bar";
import { comparisonText, verdictOf } from "@/components/demos/comparison-text";
import { useFormat } from "@/components/use-format";
import type { StackComparison } from "@/lib/schemas/stack/stack-page";

/** Two models that differ in one choice: what was measured, in words and as an interval about zero. */
export function Comparison({ comparison }: { comparison: StackComparison }) {
  const [t, format] = [useTranslations("demos"), useFormat()];
  const { first, second, result } = comparison;
  const verdict = verdictOf(result);
  return (
    <div className="border-line border-t py-4">
      <p className="text-[0.9375rem]">
        <span className="text-muted">
          {t("comparison.question", { first: first.name, second: second.name })}
        </span>{" "}
        {comparisonText(t, format, comparison)}
      </p>
      {result && verdict !== "unknown" && <ZeroBar {...result} strong={verdict !== "same"} />}
    </div>
  );
}

/** The paired difference on an axis about 0, in percentage points. */
function ZeroBar({
  difference,
  low,
  high,
  strong,
}: {
  difference: number;
  low: number;
  high: number;
  strong: boolean;
}) {
  const at = (share: number) => share * 100;
  const reach = Math.max(5, Math.abs(at(low)), Math.abs(at(high)));
  const axis = axisOf([{ low: -reach, high: reach }]);
  if (!axis) return null;
  return (
    <div className="mt-2 max-w-md">
      <IntervalBar
        value={at(difference)}
        low={at(low)}
        high={at(high)}
        axis={{ ...axis, ticks: [0] }}
        strong={strong}
      />
    </div>
  );
}
