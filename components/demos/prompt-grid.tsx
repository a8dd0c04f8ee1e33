"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { DemoImage } from "@/components/demos/demo-image";
import type { StackModel, StackView } from "@/lib/schemas/stack/stack-page";

/** One prompt and one seed, every model: what the choices change when nothing else does. */
export function PromptGrid({
  models,
  prompts,
}: {
  models: Pick<StackModel, "slug" | "name" | "images">[];
  prompts: StackView["prompts"];
}) {
  const t = useTranslations("demos");
  const [index, setIndex] = useState(prompts.find((prompt) => prompt.index === 3)?.index ?? prompts[0].index);
  const prompt = prompts.find((each) => each.index === index) ?? prompts[0];
  return (
    <div>
      <label className="block max-w-xl text-sm">
        <span className="text-muted mb-1.5 block">{t("prompt")}</span>
        <select
          className="field min-h-11"
          translate="no"
          value={index}
          onChange={(event) => setIndex(Number(event.target.value))}
        >
          {prompts.map(({ index, text, category }) => (
            <option key={index} value={index}>
              {text} ({category})
            </option>
          ))}
        </select>
      </label>
      <ul className="mt-6 grid grid-cols-3 gap-x-3 gap-y-5 sm:grid-cols-4 lg:grid-cols-5">
        {models.map(({ slug, name, images }) => (
          <li key={slug}>
            <DemoImage image={images[index] ?? null} prompt={prompt.text} />
            <Link
              href={`/models/${slug}`}
              className="hover:text-accent mt-1.5 block text-xs leading-snug sm:text-sm"
              translate="no"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
