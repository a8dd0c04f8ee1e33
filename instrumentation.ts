/** Run by Next.js when the site's server starts. */
export async function register(): Promise<void> {
  // Written so that the build for the edge runtime, which has no Node.js modules, leaves the import out.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { screenRequests } = await import("./instrumentation-node");
    screenRequests();
  }
}
