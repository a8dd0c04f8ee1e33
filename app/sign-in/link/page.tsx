import type { Metadata } from "next";
import { UseLink } from "@/components/account/by-mail";
import { single } from "../../search";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export const metadata: Metadata = { title: "Sign in", robots: { index: false }, referrer: "no-referrer" };

export default async function LinkPage({ searchParams }: PageProps<"/sign-in/link">) {
  const { token, from } = await searchParams;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Sign in</h1>
      <p className="text-muted mt-3 mb-8 max-w-2xl">Press the button to sign in. The link works once.</p>
      <UseLink token={single(token) ?? ""} from={single(from) ?? ""} />
    </div>
  );
}
