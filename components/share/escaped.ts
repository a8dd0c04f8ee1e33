const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text for HTML and for XML, which knows no control characters: in elements and between quotes. */
export const escaped = (text: string): string =>
  text.replace(/[\u0000-\u001f]/g, " ").replace(/[&<>"']/g, (letter) => ENTITIES[letter]);
