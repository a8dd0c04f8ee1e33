import { readVideo, type ReadVideo } from "@/lib/encoders/read-video";
import { FileError } from "@/lib/media/files/file-error";

/**
 * What is noted of a video that came from outside, or what is wrong with it in a sentence.
 * @throws FileError when the machine, not the video, is at fault: ffmpeg is missing
 */
export async function tryVideo(
  name: string,
  bytes: Uint8Array,
): Promise<Pick<ReadVideo, "row"> | { problem: string }> {
  try {
    return await readVideo({ name, bytes });
  } catch (error) {
    if (!(error instanceof FileError) || isOurs(error)) throw error;
    return { problem: `The video ${error.message.replace(`${name}: `, "")}` };
  }
}

const isOurs = ({ cause }: FileError) => (cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
