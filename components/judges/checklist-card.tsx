import { useFormatter, useTranslations } from "next-intl";
import type { QuestionsView } from "@/lib/schemas/judges/judging";

/** A prompt and its questions, each under those it depends on. */
export function ChecklistCard({ checklist }: { checklist: QuestionsView["checklists"][number] }) {
  const t = useTranslations("judges.questions");
  const { list } = useFormatter();
  const { index, prompt, questions, problem } = checklist;
  return (
    <article className="card h-full p-4">
      <h3 className="font-serif text-lg break-words" translate="no">
        {prompt}
      </h3>
      <p className="text-muted text-xs tabular-nums">{t("prompt", { n: index + 1 })}</p>
      {problem && <p className="text-alarm mt-2 text-sm break-words">{problem}</p>}
      <ol className="mt-3 grid gap-1 text-sm">
        {questions.map(({ id, text, parents }) => (
          <li key={id} className={`flex gap-2 ${parents.length > 0 ? "pl-5" : ""}`}>
            <span className="text-muted w-5 shrink-0 text-right tabular-nums">{id}.</span>
            <span className="min-w-0 break-words">
              <span translate="no">{text}</span>
              {parents.length > 0 && (
                <span className="text-muted text-xs"> {t("if", { parents: list(parents.map(String)) })}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </article>
  );
}
