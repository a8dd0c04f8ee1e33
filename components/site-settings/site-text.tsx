/** A text of the site's own: plain, a paragraph for each that blank lines part. */
export function Paragraphs({ text }: { text: string }) {
  const paragraphs = text.split(/\n\s*\n/).filter((part) => part.trim() !== "");
  return (
    <div className="prose-salon mt-6">
      {paragraphs.map((part, at) => (
        <p key={at} className="break-words whitespace-pre-line">
          {part}
        </p>
      ))}
    </div>
  );
}
