import { notFound } from "next/navigation";
import { SalonError } from "@/lib/errors";

/**
 * A use case's answer, or the 404 page where it says "not_found".
 * @param codes the answers that are shown as that page
 */
export async function orNotFound<T>(
  answer: Promise<T>,
  codes: SalonError["code"][] = ["not_found"],
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SalonError && codes.includes(error.code)) notFound();
    throw error;
  }
}
