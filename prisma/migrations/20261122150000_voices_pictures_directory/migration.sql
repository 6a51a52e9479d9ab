-- AlterTable
ALTER TABLE "card_copy" ADD COLUMN     "recalled_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "department_key" TEXT,
ADD COLUMN     "name_from" TEXT;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "manager_from" TEXT,
ADD COLUMN     "team_from" TEXT;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "group_id" UUID;

-- CreateTable
CREATE TABLE "call_voice" (
    "call_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "seconds" INTEGER NOT NULL,
    "mime" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "handle" TEXT,
    "data" BYTEA,
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_voice_pkey" PRIMARY KEY ("call_id")
);

-- CreateTable
CREATE TABLE "message_recall" (
    "source_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_recall_pkey" PRIMARY KEY ("source_key")
);

-- CreateTable
CREATE TABLE "contact_way_picture" (
    "way_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "data" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "media_id" TEXT,
    "media_until" TIMESTAMPTZ(3),

    CONSTRAINT "contact_way_picture_pkey" PRIMARY KEY ("way_id")
);

-- CreateTable
CREATE TABLE "corp_tag" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "group_name" TEXT NOT NULL,
    "place" INTEGER NOT NULL,

    CONSTRAINT "corp_tag_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_department_key_key" ON "team"("department_key");

-- CreateIndex
CREATE INDEX "task_group_id_idx" ON "task"("group_id");

-- AddForeignKey
ALTER TABLE "call_voice" ADD CONSTRAINT "call_voice_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_voice" ADD CONSTRAINT "call_voice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_way_picture" ADD CONSTRAINT "contact_way_picture_way_id_fkey" FOREIGN KEY ("way_id") REFERENCES "contact_way"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_way_picture" ADD CONSTRAINT "contact_way_picture_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "customer_group"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Files that are kept, oldest first: what retention looks through.
CREATE INDEX "media_kept" ON "media" ("fetched_at") WHERE "data" IS NOT NULL;
