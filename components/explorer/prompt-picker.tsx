import Link from "next/link";
import { counted } from "@/components/format";
import { exploreAddress, MARK_LABELS, markMeaning } from "@/components/explorer/explorer-text";
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
  const { prompts, promptSet, promptSets, next } = page;
  const query = { set: promptSets.length > 1 ? promptSet : undefined, ...asked };
  return (
    <section aria-label="Prompts" className="min-w-0">
      <SearchForm board={board} page={page} asked={asked} />
      <Meanings isVideo={board.isVideo} />
      {prompts.length === 0 ? (
        <p role="status" className="card text-muted mt-4 p-5 text-sm">
          {noneText(page, asked)}
        </p>
      ) : (
        <ol
          className="border-line mt-4 max-h-64 overflow-y-auto rounded-md border lg:max-h-[36rem]"
          tabIndex={0}
          aria-label="Prompts found"
        >
          {prompts.map(({ promptId, text, category }) => (
            <li key={promptId} className="border-line border-b last:border-b-0">
              <Link
                href={exploreAddress(board.slug, { ...query, prompt: promptId })}
                aria-current={promptId === chosen ? "true" : undefined}
                className="hover:bg-sunk aria-[current=true]:bg-sunk aria-[current=true]:border-accent block border-l-3 border-transparent px-3 py-2.5 text-sm break-words"
              >
                <span className="line-clamp-3">{text}</span>
                <span className="text-muted mt-0.5 block text-xs">{category}</span>
              </Link>
            </li>
          ))}
        </ol>
      )}
      <nav aria-label="Pages of prompts" className="mt-3 flex flex-wrap gap-x-6 gap-y-2 text-sm">
        {asked.after !== undefined && (
          <Link className="link" href={exploreAddress(board.slug, { ...query, after: null })}>
            First prompts
          </Link>
        )}
        {next !== null && (
          <Link className="link" href={exploreAddress(board.slug, { ...query, after: next })}>
            {asked.only ? "Check more prompts" : "Next prompts"}
          </Link>
        )}
      </nav>
    </section>
  );
}

function noneText({ looked, next }: ExploredPrompts, { q, category, only }: Asked): string {
  if (only && next !== null) return `None of the ${counted(looked, "prompt")} checked matches.`;
  if (q || category || only) return "No prompt matches.";
  return "No prompt to show: those in the arena are seen in battles alone.";
}

function SearchForm({ board, page, asked }: Omit<Props, "chosen">) {
  const { promptSets, promptSet, categories } = page;
  return (
    <form action={exploreAddress(board.slug)} role="search" className="grid gap-3 text-sm">
      {promptSets.length > 1 && (
        <label className="grid gap-1">
          Prompt set
          <select name="set" className="field" defaultValue={promptSet}>
            {promptSets.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="grid gap-1">
        Search prompts
        <input type="search" name="q" className="field" maxLength={200} defaultValue={asked.q ?? ""} />
      </label>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1">
        <label className="grid min-w-0 gap-1">
          Category
          <select name="category" className="field" defaultValue={asked.category ?? ""}>
            <option value="">All</option>
            {categories.map((category) => (
              <option key={category}>{category}</option>
            ))}
          </select>
        </label>
        <label className="grid min-w-0 gap-1">
          Show only
          <select name="only" className="field" defaultValue={asked.only ?? ""}>
            <option value="">Everything</option>
            {SAMPLE_MARKS.map((mark) => (
              <option key={mark} value={mark}>
                {MARK_LABELS[mark]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button className="button-quiet w-fit">Search</button>
    </form>
  );
}

/** What the filters mean, in full. */
function Meanings({ isVideo }: { isVideo: boolean }) {
  return (
    <details className="mt-4 text-sm">
      <summary className="text-muted cursor-pointer">What the filters mean</summary>
      <dl className="mt-2 grid gap-2">
        {SAMPLE_MARKS.map((mark) => (
          <div key={mark}>
            <dt className="inline font-medium">{MARK_LABELS[mark]}: </dt>
            <dd className="text-muted inline">{markMeaning(mark, { isVideo })}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
