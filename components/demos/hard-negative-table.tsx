import { useTranslations } from "next-intl";
import { foilText, hardNegativeFigures } from "@/components/demos/map-text";
import { useFormat } from "@/components/use-format";
import type { ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";

/** How often the encoder prefers the true caption to one that differs in a single claim. Half is guessing. */
export function HardNegativeTable({ map }: { map: ContrastiveMap }) {
  const [t, { percent }] = [useTranslations("demos"), useFormat()];
  const hardNegatives = hardNegativeFigures(map);
  if (hardNegatives.length === 0) return null;
  return (
    <div className="mt-6 max-w-xl">
      <p className="text-sm">{t("foils.lead")}</p>
      <ul className="mt-3 text-sm">
        {hardNegatives.map(({ differs, share }) => (
          <li key={differs} className="grid grid-cols-[9.5rem_1fr_3rem] items-center gap-3 py-1">
            <span>{foilText(t, differs)}</span>
            <span className="bg-sunk relative h-2 rounded-full" aria-hidden="true">
              <span
                className="bg-accent block h-full rounded-full"
                style={{ width: `${Math.min(1, share) * 100}%` }}
              />
              <span className="bg-ink absolute -top-0.5 left-1/2 h-3 w-px" />
            </span>
            <span className="text-right tabular-nums">{percent(share, 1)}</span>
          </li>
        ))}
      </ul>
      <p className="text-muted mt-2 text-xs">
        {t("foils.note", { encoder: map.encoder, how: map.figures.howMeasured })}
      </p>
    </div>
  );
}
