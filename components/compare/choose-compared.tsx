"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { MOST_COMPARED, type ModelComparison } from "@/lib/schemas/model-comparison";

/** Which models are compared: a list for each place; the page's address keeps them. */
export function ChooseCompared({
  board,
  chosen,
  choices,
}: {
  board: string;
  chosen: string[];
  choices: ModelComparison["choices"];
}) {
  const t = useTranslations("compare.choose");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const choose = (place: number, slug: string) => {
    const next = [...chosen];
    if (slug === "") next.splice(place, 1);
    else next[place] = slug;
    const query = next.filter((each, index) => next.indexOf(each) === index).join(",");
    startTransition(() => router.push(`/leaderboard/${board}/compare?vs=${query}`, { scroll: false }));
  };
  const places = Math.min(MOST_COMPARED, chosen.length + 1);
  return (
    <div
      role="group"
      aria-label={t("label")}
      className={`mt-6 grid gap-3 sm:grid-cols-2 lg:grid-cols-4 ${pending ? "opacity-60" : ""}`}
    >
      {Array.from({ length: places }, (_, place) => (
        <select
          key={place}
          aria-label={t("model", { n: place + 1 })}
          className="field min-h-11"
          value={chosen[place] ?? ""}
          onChange={(event) => choose(place, event.target.value)}
        >
          <option value="">{t(place < chosen.length ? "leaveOut" : "add")}</option>
          {choices
            .filter(({ model }) => model === chosen[place] || !chosen.includes(model))
            .map(({ model, name }) => (
              <option key={model} value={model} translate="no">
                {name}
              </option>
            ))}
        </select>
      ))}
    </div>
  );
}
