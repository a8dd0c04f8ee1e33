import katex from "katex";

/**
 * A formula, typeset on the server with MathML beside it for readers who listen. `meaning` says it in words.
 */
export function Formula({ tex, meaning }: { tex: string; meaning: string }) {
  const html = katex.renderToString(tex, { displayMode: true, throwOnError: true, strict: "error" });
  return (
    <figure className="my-5">
      <div
        className="bg-sunk/60 border-line overflow-x-auto overflow-y-hidden rounded-lg border px-2 py-1 text-[0.9375rem] sm:px-4 sm:text-base"
        tabIndex={0}
        role="group"
        aria-label={meaning}
        dangerouslySetInnerHTML={{ __html: html }}
      />
      <figcaption className="text-muted mt-2 text-sm">{meaning}</figcaption>
    </figure>
  );
}
