import { Picture } from "@/components/picture";
import type { StackPicture } from "@/lib/schemas/stack";

/** A framed picture, or its empty place; a dot in the corner tells what the grader found. */
export function DemoImage({ picture, prompt }: { picture: StackPicture | null; prompt: string }) {
  if (!picture) {
    return (
      <div
        className="border-line-strong/60 aspect-square border border-dashed"
        role="img"
        aria-label={`Not generated yet: ${prompt}`}
      />
    );
  }
  const { allCorrect } = picture;
  const found =
    allCorrect === null ? "not graded" : allCorrect ? "all that was asked for" : "something missing or wrong";
  return (
    <div className="frame relative [--mat:3px] sm:[--mat:4px]" title={`${prompt} · grader: ${found}`}>
      <Picture src={picture.url} prompt={prompt} />
      {allCorrect !== null && (
        <span
          className={`border-frame absolute right-0.5 bottom-0.5 size-3 rounded-full border-2 ${allCorrect ? "bg-accent" : "bg-alarm"}`}
          role="img"
          aria-label={`Grader: ${found}`}
        />
      )}
    </div>
  );
}
