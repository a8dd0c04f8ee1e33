-- AlterEnum
ALTER TYPE "board_audience" ADD VALUE 'SIGNED_IN' BEFORE 'INVITED';
