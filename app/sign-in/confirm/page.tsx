import type { Metadata } from "next";
import { ConfirmAddress } from "@/components/account/by-mail";
import { single } from "../../search";

export const dynamic = "force-dynamic";
/** The address is a key: it goes into no index and to no other site. */
export const metadata: Metadata = {
  title: "Confirm your address",
  robots: { index: false },
  referrer: "no-referrer",
};

export default async function ConfirmPage({ searchParams }: PageProps<"/sign-in/confirm">) {
  const { token } = await searchParams;
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Confirm your address</h1>
      <p className="text-muted mt-3 max-w-2xl">
        If you made no account here, close this page: without your pressing anything, nothing happens.
      </p>
      <div className="mt-8 max-w-md">
        <ConfirmAddress token={single(token) ?? ""} />
      </div>
    </div>
  );
}
