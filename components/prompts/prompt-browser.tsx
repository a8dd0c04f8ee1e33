"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PromptList } from "@/components/prompts/prompt-list";
import { usePromptPage, type PromptFilter } from "@/components/prompts/use-prompt-page";
import type { PromptPage } from "@/lib/schemas/prompt-sets";

const NONE: PromptFilter = { text: "", category: "", tag: "" };

/** A set's prompts: searched, filtered, and read on page by page. */
export function PromptBrowser({
  slug,
  initial,
  categories,
  tags,
}: {
  slug: string;
  initial: PromptPage;
  categories: string[];
  tags: string[];
}) {
  const t = useTranslations("prompts");
  const [filter, setFilter] = useState(NONE);
  const { page, isBusy, problem, load } = usePromptPage(slug, initial);
  const choose = (change: Partial<PromptFilter>, search = true) => {
    const next = { ...filter, ...change };
    setFilter(next);
    if (search) void load(next, 0);
  };

  return (
    <>
      <form
        role="search"
        className="mt-4 grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto_auto_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          void load(filter, 0);
        }}
      >
        <input
          type="search"
          className="field"
          aria-label={t("browser.searchPrompts")}
          placeholder={t("browser.search")}
          maxLength={200}
          value={filter.text}
          onChange={(event) => choose({ text: event.target.value }, event.target.value === "")}
        />
        <Choice
          label={t("browser.category")}
          all={t("browser.allCategories")}
          value={filter.category}
          options={categories}
          onChange={(category) => choose({ category })}
        />
        {tags.length > 0 && (
          <Choice
            label={t("browser.tag")}
            all={t("browser.allTags")}
            value={filter.tag}
            options={tags}
            onChange={(tag) => choose({ tag })}
          />
        )}
        <button type="submit" className="button-quiet">
          {t("browser.search")}
        </button>
      </form>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <p className="text-muted mt-4 text-sm tabular-nums" role="status">
        {isBusy ? t("browser.reading") : t("prompts", { n: page.total })}
      </p>
      <PromptList prompts={page.prompts} />
      {page.next !== null && (
        <button
          type="button"
          className="button-quiet mt-4"
          disabled={isBusy}
          onClick={() => void load(filter, page.next ?? 0)}
        >
          {t("browser.more")}
        </button>
      )}
    </>
  );
}

function Choice({
  label,
  all,
  value,
  options,
  onChange,
}: {
  label: string;
  all: string;
  value: string;
  options: string[];
  onChange: (value: string) => void;
}) {
  return (
    <select
      className="field"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option} value={option} translate="no">
          {option}
        </option>
      ))}
    </select>
  );
}
