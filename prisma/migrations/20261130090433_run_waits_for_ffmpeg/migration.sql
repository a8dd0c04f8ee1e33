-- AlterEnum
ALTER TYPE "run_pause" ADD VALUE 'no_ffmpeg';
