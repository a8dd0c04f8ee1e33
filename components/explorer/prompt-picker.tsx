import Link from "next/link";
import { useTranslations } from "next-intl";
import { exploreAddress, markMeaning } from "@/components/explorer/explorer-text";
import type { ExploredPrompts, PromptSearch } from "@/lib/schemas/explorer";
import { SAMPLE_MARKS } from "@/lib/schemas/sample-marks";

type Asked = Pick<PromptSearch, "q" | "category" | "only" | "after">;

interface Props {
  board: { slug: string; isVideo: boolean };
  page: ExploredPrompts;
  asked: Asked;
  /** The prompt that is looked at. */
  chosen: string | null;
}

/** Search and filters over a board's prompts, and those found. It works without scripts: the address says what is asked for. */
export function PromptPicker({ board, page, asked, chosen }: Props) {
  const t = useTranslations("explorer.picker");
  const { prompts, promptSet, promptSets, next } = page;
  const query = { set: promptSets.length > 1 ? promptSet : undefined, ...asked };
  return (
    <section aria-label={t("label")} className="min-w-0">
      <SearchForm board={board} page={page} asked={asked} />
      <Meanings isVideo={board.isVideo} />
      {prompts.length === 0 ? (
        <p role="status" className="card text-muted mt-4 p-5 text-sm">
          <NoneText page={page} asked={asked} />
        </p>
      ) : (
        <ol
          className="border-line mt-4 max-h-64 overflow-y-auto rounded-md border lg:max-h-[36rem]"
          tabIndex={0}
          aria-label={t("found")}
        >
          {prompts.map(({ promptId, text, category }) => (
            <li key={promptId} className="border-line border-b last:border-b-0">
              <Link
                href={exploreAddress(board.slug, { ...query, prompt: promptId })}
                aria-current={promptId === chosen ? "true" : undefined}
                className="hover:bg-sunk aria-[current=true]:bg-sunk aria-[current=true]:border-accent block border-l-3 border-transparent px-3 py-2.5 text-sm break-words"
              >
                <span className="line-clamp-3" translate="no">
                  {text}
                </span>
                <span className="text-muted mt-0.5 block text-xs" translate="no">
                  {category}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
      <nav aria-label={t("pages")} className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
        {asked.after !== undefined && (
          <Link className="link" href={exploreAddress(board.slug, { ...query, after: null })}>
            {t("first")}
          </Link>
        )}
        {next !== null && (
          <Link className="link" href={exploreAddress(board.slug, { ...query, after: next })}>
            {asked.only ? t("checkMore") : t("next")}
          </Link>
        )}
      </nav>
    </section>
  );
}

function NoneText({
  page: { looked, next },
  asked: { q, category, only },
}: {
  page: ExploredPrompts;
  asked: Asked;
}) {
  const t = useTranslations("explorer.picker");
  if (only && next !== null) return t("noneChecked", { n: looked });
  return q || category || only ? t("noMatch") : t("none");
}

function SearchForm({ board, page, asked }: Omit<Props, "chosen">) {
  const t = useTranslations("explorer");
  const { promptSets, promptSet, categories } = page;
  return (
    <form action={exploreAddress(board.slug)} role="search" className="grid gap-3 text-sm">
      {promptSets.length > 1 && (
        <label className="grid gap-1">
          {t("picker.set")}
          <select name="set" className="field" defaultValue={promptSet}>
            {promptSets.map(({ slug, name }) => (
              <option key={slug} value={slug} translate="no">
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="grid gap-1">
        {t("picker.searchFor")}
        <input type="search" name="q" className="field" maxLength={200} defaultValue={asked.q ?? ""} />
      </label>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1">
        <label className="grid min-w-0 gap-1">
          {t("picker.category")}
          <select name="category" className="field" defaultValue={asked.category ?? ""}>
            <option value="">{t("picker.allCategories")}</option>
            {categories.map((category) => (
              <option key={category} translate="no">
                {category}
              </option>
            ))}
          </select>
        </label>
        <label className="grid min-w-0 gap-1">
          {t("picker.only")}
          <select name="only" className="field" defaultValue={asked.only ?? ""}>
            <option value="">{t("picker.everything")}</option>
            {SAMPLE_MARKS.map((mark) => (
              <option key={mark} value={mark}>
                {t(`marks.${mark}.label`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button className="button-quiet w-fit">{t("picker.search")}</button>
    </form>
  );
}

/** What the filters mean, in full. */
function Meanings({ isVideo }: { isVideo: boolean }) {
  const t = useTranslations("explorer");
  return (
    <details className="mt-4 text-sm">
      <summary className="text-muted cursor-pointer">{t("picker.meanings")}</summary>
      <dl className="mt-2 grid gap-2">
        {SAMPLE_MARKS.map((mark) => (
          <div key={mark}>
            <dt className="inline font-medium">{t("picker.term", { mark: t(`marks.${mark}.label`) })} </dt>
            <dd className="text-muted inline">{markMeaning(t, mark, { isVideo })}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
