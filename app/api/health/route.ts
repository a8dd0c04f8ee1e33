import { checkHealth } from "@/lib/leaderboard/check-health";
import { json } from "../respond";

/** GET /api/health: 200 when the site can serve, 503 while its database does not answer. */
export async function GET(): Promise<Response> {
  try {
    await checkHealth();
    return json({ status: "ok" });
  } catch (error) {
    console.error(error);
    return json({ status: "database_unreachable" }, { status: 503 });
  }
}
