-- AlterEnum
ALTER TYPE "webhook_event" ADD VALUE 'run_paused';
