"use client";

import { useEffect } from "react";

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <div className="page grid place-items-center py-24 text-center">
      <h1 className="text-3xl">This page could not be drawn</h1>
      <p className="text-muted mt-3 max-w-md">
        Most often the database is still starting or was restarted. Try again in a moment; if it stays, the
        server&apos;s log has the reason{error.digest ? ` under ${error.digest}` : ""}.
      </p>
      <button type="button" className="button-primary mt-8" onClick={() => retry()}>
        Try again
      </button>
    </div>
  );
}
