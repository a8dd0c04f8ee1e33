import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Paragraphs } from "@/components/site-settings/site-text";
import { readLook } from "@/lib/settings/read-look";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Terms of use" };

export default async function TermsPage() {
  const { terms } = await readLook();
  if (terms === null) notFound();
  return (
    <article className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Terms of use</h1>
      <Paragraphs text={terms} />
    </article>
  );
}
