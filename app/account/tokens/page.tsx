import type { Metadata } from "next";
import { currentAsker, requirePage } from "@/app/page-access";
import { TokenRoom } from "@/components/account/token-room";
import { listTokens } from "@/lib/api-tokens/manage-tokens";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Tokens", robots: { index: false } };

export default async function TokensPage() {
  await requirePage("tokens.manage");
  const { voterId } = await currentAsker();
  const tokens = voterId === null ? [] : await listTokens({ voterId, now: Date.now() });
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Tokens</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A program that sends a token is you, with no more than you let it. Give each program its own, so that
        you can revoke one without the others. At the command line: <code>salon login</code>.
      </p>
      <TokenRoom initial={{ tokens }} />
    </div>
  );
}
