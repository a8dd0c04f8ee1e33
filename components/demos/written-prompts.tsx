import { useTranslations } from "next-intl";
import { SweepPlot } from "@/components/demos/sweep-plot";
import { useFormat } from "@/components/use-format";
import type { StackView } from "@/lib/schemas/stack/stack-page";

/** What the prompt enhancer makes of a few words, in more and more steps, and how often that is right. */
export function WrittenPrompts({ card, rows }: NonNullable<StackView["enhancer"]>) {
  const [t, format] = [useTranslations("demos"), useFormat()];
  const { figures, training, parameters, name } = card;
  const points = figures.stepsCurve.flatMap(({ steps, allCorrect, interval: [low, high], n }) =>
    steps === undefined ? [] : [{ setting: steps, value: allCorrect, low, high, n }],
  );
  return (
    <div className="my-6">
      <dl className="border-line divide-line divide-y border-y">
        {rows.map(({ prompt, texts }) => (
          <div key={prompt} className="grid gap-x-6 gap-y-2 py-4 sm:grid-cols-[9rem_1fr]">
            <dt className="font-serif text-lg" translate="no">
              {t("quoted", { text: prompt })}
            </dt>
            <dd>
              <ul className="grid gap-1.5 text-sm">
                {texts.map(({ steps, text }) => (
                  <li key={steps} className="grid grid-cols-[4.5rem_1fr] gap-3">
                    <span className="text-muted tabular-nums">{t("steps", { n: steps })}</span>
                    {text === null ? (
                      <span className="text-muted">{t("written.notYet")}</span>
                    ) : (
                      <span translate="no">{text}</span>
                    )}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted mt-3 text-sm">
        {t("written.about", {
          model: name,
          millions: format.fixed(parameters / 1e6, 1),
          isTimed: training.minutes === undefined ? "no" : "yes",
          time: format.duration((training.minutes ?? 0) * 60_000),
          isCounted: figures.wordsACaption === undefined ? "no" : "yes",
          words: String(figures.wordsACaption),
        })}
      </p>
      <SweepPlot
        sweeps={[{ model: { slug: card.id, name }, source: "card", points, strips: [] }]}
        setting={t("sweeps.stepCount")}
        counts="captions"
      />
    </div>
  );
}
