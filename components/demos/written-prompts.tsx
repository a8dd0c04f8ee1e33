import { counted, duration } from "@/components/format";
import { SweepPlot } from "@/components/demos/sweep-plot";
import type { StackView } from "@/lib/schemas/stack/stack-page";

/** What the prompt enhancer makes of a few words, in more and more steps, and how often that is right. */
export function WrittenPrompts({ card, rows }: NonNullable<StackView["enhancer"]>) {
  const { figures, training, parameters, name } = card;
  const points = figures.stepsCurve.flatMap(({ steps, allCorrect, interval: [low, high], n }) =>
    steps === undefined ? [] : [{ setting: steps, value: allCorrect, low, high, n }],
  );
  return (
    <div className="my-6">
      <dl className="border-line divide-line divide-y border-y">
        {rows.map(({ prompt, texts }) => (
          <div key={prompt} className="grid gap-x-6 gap-y-2 py-4 sm:grid-cols-[9rem_1fr]">
            <dt className="font-serif text-lg">“{prompt}”</dt>
            <dd>
              <ul className="grid gap-1.5 text-sm">
                {texts.map(({ steps, text }) => (
                  <li key={steps} className="grid grid-cols-[4.5rem_1fr] gap-3">
                    <span className="text-muted tabular-nums">{counted(steps, "step")}</span>
                    <span>{text ?? <span className="text-muted">not written yet</span>}</span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted mt-3 text-sm">
        {name}: {(parameters / 1e6).toFixed(1)} million parameters
        {training.minutes !== undefined && `, trained for ${duration(training.minutes * 60_000)}`}
        {figures.wordsACaption !== undefined &&
          `; its captions have ${figures.wordsACaption} words on average, which a model that writes word by word needs as many steps for`}
        .
      </p>
      <SweepPlot
        sweeps={[{ model: { slug: card.id, name }, source: "card", points, strips: [] }]}
        setting="steps"
        counts="Share of captions that are grammatical, full and say all that the terse prompt asked for, and nothing against it"
      />
    </div>
  );
}
