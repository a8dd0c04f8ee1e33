import { notFound } from "next/navigation";
import { SalonError } from "@/lib/errors";

/** A use case's answer, or the 404 page where it says "not_found". */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SalonError && error.code === "not_found") notFound();
    throw error;
  }
}
