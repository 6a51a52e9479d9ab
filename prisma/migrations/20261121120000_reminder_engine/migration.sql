-- CreateEnum
CREATE TYPE "copy_state" AS ENUM ('queued', 'submitted', 'delivered', 'failed', 'unknown', 'off', 'dropped');

-- CreateEnum
CREATE TYPE "notice_state" AS ENUM ('waiting', 'said', 'would', 'withdrawn');

-- AlterTable
ALTER TABLE "card" ADD COLUMN     "route" JSONB;

-- AlterTable
ALTER TABLE "card_copy" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "state" "copy_state" NOT NULL DEFAULT 'queued',
ADD COLUMN     "state_at" TIMESTAMPTZ(3),
ADD COLUMN     "step" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "plain_text" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "reminder" ADD COLUMN     "acked_level" INTEGER,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "claimed_by_id" UUID,
ADD COLUMN     "customer_id" UUID,
ADD COLUMN     "held_why" TEXT,
ADD COLUMN     "put_off" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "said_at" TIMESTAMPTZ(3),
ADD COLUMN     "target_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "contact_point" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "proved_at" TIMESTAMPTZ(3),
    "code_hash" TEXT,
    "code_until" TIMESTAMPTZ(3),
    "code_tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reach" (
    "person_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "active_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "says_on" BOOLEAN,

    CONSTRAINT "reach_pkey" PRIMARY KEY ("person_id","channel")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "reminder_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "round" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "customer_id" UUID,
    "state" "notice_state" NOT NULL,
    "why" TEXT,
    "say_at" TIMESTAMPTZ(3) NOT NULL,
    "card_id" UUID,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_act" (
    "id" UUID NOT NULL,
    "reminder_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "round" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "to_id" UUID,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "contact_id" UUID,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contact_point_hash_idx" ON "contact_point"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "contact_point_person_id_channel_key" ON "contact_point"("person_id", "channel");

-- CreateIndex
CREATE INDEX "notice_person_id_say_at_idx" ON "notice"("person_id", "say_at");

-- CreateIndex
CREATE INDEX "notice_card_id_idx" ON "notice"("card_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_reminder_id_level_round_person_id_key" ON "notice"("reminder_id", "level", "round", "person_id");

-- CreateIndex
CREATE INDEX "reminder_act_reminder_id_idx" ON "reminder_act"("reminder_id");

-- CreateIndex
CREATE INDEX "task_person_id_done_at_idx" ON "task"("person_id", "done_at");

-- CreateIndex
CREATE INDEX "task_contact_id_idx" ON "task"("contact_id");

-- CreateIndex
CREATE INDEX "card_copy_person_id_idx" ON "card_copy"("person_id");

-- CreateIndex
CREATE INDEX "reminder_person_id_state_idx" ON "reminder"("person_id", "state");

-- CreateIndex
CREATE INDEX "reminder_customer_id_idx" ON "reminder"("customer_id");

-- AddForeignKey
ALTER TABLE "contact_point" ADD CONSTRAINT "contact_point_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reach" ADD CONSTRAINT "reach_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_reminder_id_fkey" FOREIGN KEY ("reminder_id") REFERENCES "reminder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "card"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_act" ADD CONSTRAINT "reminder_act_reminder_id_fkey" FOREIGN KEY ("reminder_id") REFERENCES "reminder"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_act" ADD CONSTRAINT "reminder_act_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_act" ADD CONSTRAINT "reminder_act_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- Written by hand: what Prisma's schema language can't say.

CREATE INDEX "notice_waiting" ON "notice" ("say_at") WHERE "state" = 'waiting';

-- Copies that were sent before states were kept.
UPDATE "card_copy" SET "state" = 'submitted' WHERE "handle" IS NOT NULL;

-- The trial of calm counts from here.
INSERT INTO "organisation" ("id", "since") VALUES (1, now());
