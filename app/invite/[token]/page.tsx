import type { Metadata } from "next";
import { ComeIn } from "@/components/boards/come-in";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export const metadata: Metadata = {
  title: "Invitation",
  robots: { index: false },
  referrer: "no-referrer",
};

export default async function InvitePage({ params }: PageProps<"/invite/[token]">) {
  const { token } = await params;
  return (
    <div className="page flex flex-col items-center py-20 text-center">
      <h1 className="text-4xl">You are invited to a board</h1>
      <p className="text-muted mt-4 max-w-xl">
        People compare images or videos of two models there, with the names covered. You need no account: this
        browser keeps a cookie by which the board knows you again.
      </p>
      <ComeIn token={token} />
    </div>
  );
}
