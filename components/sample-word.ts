/** What a model makes of a prompt, in words: on boards of videos nothing is called an image. */

type Made = { isVideo: boolean };

/** "image" or "video" */
export const sampleWord = ({ isVideo }: Made): string => (isVideo ? "video" : "image");

/** "images" or "videos" */
export const samplesWord = (of: Made): string => `${sampleWord(of)}s`;
