import type { Metadata } from "next";
import Link from "next/link";
import { currentAsker, offer } from "@/app/page-access";
import { JudgeRoom } from "@/components/judges/judge-room";
import { listJudges } from "@/lib/judges/list-judges";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Judges",
  description:
    "Multimodal models that look at images and say what they think, beside people and never in their place.",
};

export default async function JudgesPage() {
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Judges</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A judge is a multimodal model that looks at images and answers questions about them. Judges speak
        beside people, never in their place: their scores have columns of their own, and what they say of
        battles is kept apart from votes. A call that fails is no verdict, never a score of zero.{" "}
        <Link href="/judges/questions" className="link">
          The checklists they go by
        </Link>
      </p>
      <JudgeRoom
        initial={await listJudges(await currentAsker())}
        adding={await offer("judges.add")}
        mayAdmit={(await offer("judges.admit")).kind === "open"}
      />
    </div>
  );
}
