import type { Metadata } from "next";
import { currentAsker, offer } from "@/app/page-access";
import { ReferenceRoom } from "@/components/references/reference-room";
import { listReferences } from "@/lib/references/list-references";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "References",
  description: "Sets of real images and videos that samples are measured against.",
};

export default async function ReferencesPage() {
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">References</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A distance says how far a model&apos;s images or videos are from real ones: these ones. A set is known
        by its content, so the same files are the same reference whatever they are called, and scores taken to
        different sets are never compared.
      </p>
      <ReferenceRoom
        adding={await offer("references.add")}
        mayUse={(await offer("references.use")).kind === "open"}
        initial={await listReferences(await currentAsker())}
      />
    </div>
  );
}
