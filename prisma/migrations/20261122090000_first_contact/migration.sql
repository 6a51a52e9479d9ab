-- CreateEnum
CREATE TYPE "first_contact_state" AS ENUM ('open', 'known', 'opportunity', 'not_customer', 'joined', 'nurturing', 'merged');

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "last_order_on" DATE,
ADD COLUMN     "owed_fen" BIGINT,
ADD COLUMN     "source" TEXT,
ADD COLUMN     "tier" TEXT;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN     "avatar" TEXT,
ADD COLUMN     "corp_name" TEXT,
ADD COLUMN     "kind" TEXT,
ADD COLUMN     "merged_into_id" UUID;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "group_id" UUID;

-- AlterTable
ALTER TABLE "follow" ADD COLUMN     "add_way" INTEGER,
ADD COLUMN     "consent" TEXT,
ADD COLUMN     "consent_at" TIMESTAMPTZ(3),
ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "ended_by" TEXT,
ADD COLUMN     "remark" TEXT,
ADD COLUMN     "remark_company" TEXT,
ADD COLUMN     "state" TEXT,
ADD COLUMN     "tags" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "call" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "person_id" UUID,
    "contact_id" UUID,
    "sealed" TEXT,
    "hash" TEXT,
    "direction" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seconds" INTEGER,
    "outcome" TEXT,
    "recording_url" TEXT,
    "note" TEXT,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_phone" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_merge" (
    "id" UUID NOT NULL,
    "winner_id" UUID NOT NULL,
    "loser_id" UUID NOT NULL,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "moved" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "bytes" INTEGER,
    "md5" TEXT,
    "file_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "data" BYTEA,
    "fetched_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "touch" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "person_id" UUID,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "channel" TEXT,
    "seconds" INTEGER,
    "backfilled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "touch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "first_contact" (
    "id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "channel" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,
    "rep_active_at" TIMESTAMPTZ(3),
    "state" "first_contact_state" NOT NULL DEFAULT 'open',
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" UUID,
    "note" TEXT,
    "until" TIMESTAMPTZ(3),
    "proposed_customer_id" UUID,
    "proposed_why" TEXT,
    "opportunity_id" UUID,
    "merged_into_id" UUID,
    "before" JSONB,

    CONSTRAINT "first_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opportunity" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "customer_id" UUID,
    "contact_id" UUID,
    "owner_id" UUID NOT NULL,
    "source" TEXT,
    "channel" TEXT,
    "stage" TEXT,
    "amount_fen" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "opportunity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_way" (
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "config_id" TEXT,
    "qr_code" TEXT,
    "person_ids" UUID[],
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_way_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_group" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "chat_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" UUID,
    "customer_id" UUID,
    "tied_by_id" UUID,
    "tied_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "contact_id" UUID,
    "person_id" UUID,
    "name" TEXT,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),
    "scene" INTEGER,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_import" (
    "id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "headers" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_import_row" (
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "error" TEXT,
    "customer_id" UUID,
    "contact_id" UUID,
    "matched_contact_id" UUID,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_import_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "behaviour_day" (
    "person_id" UUID NOT NULL,
    "day" TEXT NOT NULL,
    "chats" INTEGER NOT NULL,
    "messages" INTEGER NOT NULL,
    "reply_percent" DOUBLE PRECISION,
    "first_reply_minutes" DOUBLE PRECISION,
    "lost" INTEGER NOT NULL,
    "applied" INTEGER NOT NULL,
    "added" INTEGER NOT NULL,

    CONSTRAINT "behaviour_day_pkey" PRIMARY KEY ("person_id","day")
);

-- CreateTable
CREATE TABLE "behaviour_state" (
    "person_id" UUID NOT NULL,
    "from_day" TEXT,
    "to_day" TEXT,
    "why" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "behaviour_state_pkey" PRIMARY KEY ("person_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "call_source_key_key" ON "call"("source_key");

-- CreateIndex
CREATE INDEX "call_contact_id_started_at_idx" ON "call"("contact_id", "started_at");

-- CreateIndex
CREATE INDEX "call_person_id_started_at_idx" ON "call"("person_id", "started_at");

-- CreateIndex
CREATE INDEX "call_hash_idx" ON "call"("hash");

-- CreateIndex
CREATE INDEX "contact_phone_hash_idx" ON "contact_phone"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "contact_phone_contact_id_hash_key" ON "contact_phone"("contact_id", "hash");

-- CreateIndex
CREATE INDEX "contact_merge_winner_id_idx" ON "contact_merge"("winner_id");

-- CreateIndex
CREATE INDEX "contact_merge_loser_id_idx" ON "contact_merge"("loser_id");

-- CreateIndex
CREATE INDEX "media_message_id_idx" ON "media"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "touch_key_key" ON "touch"("key");

-- CreateIndex
CREATE INDEX "touch_contact_id_person_id_at_idx" ON "touch"("contact_id", "person_id", "at");

-- CreateIndex
CREATE INDEX "touch_person_id_at_idx" ON "touch"("person_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "first_contact_contact_id_key" ON "first_contact"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "first_contact_opportunity_id_key" ON "first_contact"("opportunity_id");

-- CreateIndex
CREATE INDEX "first_contact_person_id_state_idx" ON "first_contact"("person_id", "state");

-- CreateIndex
CREATE INDEX "first_contact_person_id_at_idx" ON "first_contact"("person_id", "at");

-- CreateIndex
CREATE INDEX "first_contact_at_idx" ON "first_contact"("at");

-- CreateIndex
CREATE UNIQUE INDEX "opportunity_number_key" ON "opportunity"("number");

-- CreateIndex
CREATE INDEX "opportunity_customer_id_idx" ON "opportunity"("customer_id");

-- CreateIndex
CREATE INDEX "opportunity_contact_id_idx" ON "opportunity"("contact_id");

-- CreateIndex
CREATE INDEX "opportunity_owner_id_created_at_idx" ON "opportunity"("owner_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "contact_way_state_key" ON "contact_way"("state");

-- CreateIndex
CREATE UNIQUE INDEX "contact_way_config_id_key" ON "contact_way"("config_id");

-- CreateIndex
CREATE INDEX "customer_group_customer_id_idx" ON "customer_group"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_group_platform_organisation_chat_id_key" ON "customer_group"("platform", "organisation", "chat_id");

-- CreateIndex
CREATE INDEX "group_member_contact_id_idx" ON "group_member"("contact_id");

-- CreateIndex
CREATE INDEX "group_member_person_id_idx" ON "group_member"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "group_member_group_id_key_key" ON "group_member"("group_id", "key");

-- CreateIndex
CREATE INDEX "customer_import_by_id_at_idx" ON "customer_import"("by_id", "at");

-- CreateIndex
CREATE INDEX "customer_import_hash_idx" ON "customer_import"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "customer_import_row_import_id_line_key" ON "customer_import_row"("import_id", "line");

-- CreateIndex
CREATE INDEX "contact_merged_into_id_idx" ON "contact"("merged_into_id");

-- CreateIndex
CREATE INDEX "message_group_id_said_at_idx" ON "message"("group_id", "said_at");

-- CreateIndex
CREATE INDEX "reminder_kind_subject_idx" ON "reminder"("kind", "subject");

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "customer_group"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_phone" ADD CONSTRAINT "contact_phone_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_merge" ADD CONSTRAINT "contact_merge_winner_id_fkey" FOREIGN KEY ("winner_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_merge" ADD CONSTRAINT "contact_merge_loser_id_fkey" FOREIGN KEY ("loser_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_merge" ADD CONSTRAINT "contact_merge_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_contact" ADD CONSTRAINT "first_contact_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_contact" ADD CONSTRAINT "first_contact_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_contact" ADD CONSTRAINT "first_contact_closed_by_id_fkey" FOREIGN KEY ("closed_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_contact" ADD CONSTRAINT "first_contact_proposed_customer_id_fkey" FOREIGN KEY ("proposed_customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_contact" ADD CONSTRAINT "first_contact_opportunity_id_fkey" FOREIGN KEY ("opportunity_id") REFERENCES "opportunity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "first_contact" ADD CONSTRAINT "first_contact_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opportunity" ADD CONSTRAINT "opportunity_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_way" ADD CONSTRAINT "contact_way_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_group" ADD CONSTRAINT "customer_group_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_group" ADD CONSTRAINT "customer_group_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_group" ADD CONSTRAINT "customer_group_tied_by_id_fkey" FOREIGN KEY ("tied_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "customer_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import" ADD CONSTRAINT "customer_import_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import_row" ADD CONSTRAINT "customer_import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "customer_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import_row" ADD CONSTRAINT "customer_import_row_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "behaviour_day" ADD CONSTRAINT "behaviour_day_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "behaviour_state" ADD CONSTRAINT "behaviour_state_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- Kept, but nothing was done with it: what a platform told us and this release does not know.
CREATE INDEX "inbox_unheard" ON "inbox" ("reason", "received_at") WHERE "state" = 'done' AND "reason" IS NOT NULL;

-- 先养着: the planner looks each second for what is over.
CREATE INDEX "first_contact_nurturing" ON "first_contact" ("until") WHERE "state" = 'nurturing';
