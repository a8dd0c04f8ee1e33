import { isOutside } from "@/messages/pseudo-language";

/** HTML's own word for what is the same in every language: names of models, prompts, code; and dates, which no message writes. */
const NOT_TRANSLATED =
  '[translate="no"], code, pre, kbd, samp, time, script, style, noscript, textarea, math, .katex';
const ATTRIBUTES = [
  "aria-label",
  "aria-description",
  "aria-valuetext",
  "alt",
  "title",
  "placeholder",
  "label",
];

/** Texts of a page in the pseudo-language that stand outside of the catalogue, attributes as `alt="…"`. */
export function outsideTexts(root: ParentNode & Node): string[] {
  const found = new Set<string>();
  const note = (text: string, shown = text) => {
    if (isOutside(text)) found.add(shown.trim());
  };
  const visit = (node: Node) => {
    if (node.nodeType === 3) return note(node.nodeValue ?? "");
    if (node.nodeType === 1) {
      const element = node as Element;
      if (element.matches(NOT_TRANSLATED)) return;
      for (const name of ATTRIBUTES)
        note(element.getAttribute(name) ?? "", `${name}="${element.getAttribute(name)}"`);
    }
    node.childNodes.forEach(visit);
  };
  visit(root);
  return [...found];
}
