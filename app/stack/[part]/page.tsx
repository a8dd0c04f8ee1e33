import "katex/dist/katex.min.css";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ChapterList } from "@/components/demos/chapter-list";
import { isPart, type Chapter, type Part } from "@/components/demos/chapters";
import { GenerationProgress } from "@/components/demos/generation-progress";
import { HowMeasured } from "@/components/demos/how-measured";
import { NetworkChapters } from "@/components/demos/network-chapters";
import { ParadigmChapters } from "@/components/demos/paradigm-chapters";
import { PostTrainingChapter } from "@/components/demos/post-training-chapter";
import { SamplingChapters } from "@/components/demos/sampling-chapters";
import type { StackSections } from "@/components/demos/stack-sections";
import { TimeChapters } from "@/components/demos/time-chapters";
import { WordChapters } from "@/components/demos/word-chapters";
import { Messages } from "@/components/messages";
import { choicesOf } from "@/lib/demos/demo-content";
import { readStack } from "@/lib/demos/read-stack";
import { readTime } from "@/lib/demos/read-time";

export const dynamic = "force-dynamic";

const CONTENT: Record<Exclude<Part, "time">, (sections: StackSections) => React.ReactNode> = {
  paradigms: ParadigmChapters,
  networks: NetworkChapters,
  sampling: SamplingChapters,
  "post-training": PostTrainingChapter,
  words: WordChapters,
};

export async function generateMetadata({ params }: PageProps<"/stack/[part]">): Promise<Metadata> {
  const { part } = await params;
  const t = await getTranslations("stack");
  return isPart(part) ? { title: t("page.partTitle", { part: t(`parts.${part}`) }) } : {};
}

export default async function StackPartPage({ params }: PageProps<"/stack/[part]">) {
  const { part } = await params;
  if (!isPart(part)) notFound();
  const t = await getTranslations("stack");
  const { progress, chapters, what } = part === "time" ? await timeContent() : await imageContent(part);
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="text-sm">
        <Link href="/stack" className="link">
          {t("page.title")}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl sm:text-5xl">{t(`parts.${part}`)}</h1>
      {progress && <GenerationProgress {...progress} what={what} />}
      <div className="mt-12">{chapters}</div>
      <HowMeasured what={what} />
      <nav className="border-line mt-16 border-t pt-8" aria-label={t("page.choices")}>
        <ChapterList current={part} />
      </nav>
    </div>
  );
}

const embodies = (choice: Chapter) => (model: { slug: string }) =>
  choicesOf(model.slug).some((each) => each === choice);

async function imageContent(part: Exclude<Part, "time">) {
  const stack = await readStack();
  const of = (choice: Chapter) => ({
    models: stack.models.filter(embodies(choice)),
    comparisons: stack.comparisons[choice] ?? [],
  });
  const Chapters = CONTENT[part];
  return {
    what: "images" as const,
    progress: { ...stack.progress, known: stack.models.length },
    chapters: (
      <Messages areas={["demos"]}>
        <Chapters stack={stack} of={of} />
      </Messages>
    ),
  };
}

async function timeContent() {
  const time = await readTime();
  const known = time.models.length;
  return {
    what: "clips" as const,
    // Without models of clips nothing is under way; the chapters say what is served.
    progress: known > 0 ? { ...time.progress, known } : null,
    chapters: (
      <Messages areas={["clips", "demos"]}>
        <TimeChapters time={time} of={(choice) => time.models.filter(embodies(choice))} />
      </Messages>
    ),
  };
}
