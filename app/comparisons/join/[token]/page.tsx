import type { Metadata } from "next";
import { JoinComparison } from "@/components/comparisons/join";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export const metadata: Metadata = {
  title: "Invitation",
  robots: { index: false },
  referrer: "no-referrer",
};

export default async function JoinComparisonPage({ params }: PageProps<"/comparisons/join/[token]">) {
  const { token } = await params;
  return (
    <div className="page flex flex-col items-center py-20 text-center">
      <h1 className="text-4xl">Which is better?</h1>
      <p className="text-muted mt-4 max-w-xl">
        You are asked to compare images or videos, two at a time, with the names covered. You need no account:
        this browser keeps a cookie, so that you can stop and go on later.
      </p>
      <JoinComparison token={token} />
    </div>
  );
}
