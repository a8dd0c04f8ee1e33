import { useTranslations } from "next-intl";
import { SampleImage } from "@/components/sample-image";
import type { StackImage } from "@/lib/schemas/stack/stack-page";

/** A framed image, or its empty place; a dot in the corner tells what the grader found. */
export function DemoImage({ image, prompt }: { image: StackImage | null; prompt: string }) {
  const t = useTranslations("demos");
  if (!image) {
    return (
      <div
        className="border-line-strong/60 aspect-square border border-dashed"
        role="img"
        aria-label={t("notYet", { prompt })}
      />
    );
  }
  const { allCorrect } = image;
  const found = allCorrect === null ? "none" : allCorrect ? "all" : "some";
  return (
    <div
      className="frame relative [--frame-padding:3px] sm:[--frame-padding:4px]"
      translate="no"
      title={t("grader.of", { prompt, found })}
    >
      <SampleImage src={image.url} prompt={prompt} />
      {allCorrect !== null && (
        <span
          className={`border-frame absolute right-0.5 bottom-0.5 size-3 rounded-full border-2 ${allCorrect ? "bg-accent" : "bg-alarm"}`}
          role="img"
          aria-label={t("grader.mark", { found })}
        />
      )}
    </div>
  );
}
