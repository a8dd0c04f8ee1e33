import { z } from "zod";
import { CRITERIA } from "@/lib/schemas/criteria";

/** One of the criteria, as requests and files name it. */
export const criterion = z.enum(CRITERIA);
