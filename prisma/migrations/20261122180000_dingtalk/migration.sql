-- AlterTable
ALTER TABLE "customer_group" ADD COLUMN     "cool_app_code" TEXT;

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "dingtalk_key" TEXT;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "prefers" TEXT;

-- CreateTable
CREATE TABLE "platform_use" (
    "platform" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "what" TEXT NOT NULL,
    "api" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "platform_use_pkey" PRIMARY KEY ("platform","day","what","api")
);

-- CreateTable
CREATE TABLE "platform_todo" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "handle" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_todo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "forward" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "forward_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_apart" (
    "one_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_apart_pkey" PRIMARY KEY ("one_id","other_id")
);

-- CreateTable
CREATE TABLE "listed_contact" (
    "platform" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "followers" TEXT[],
    "run" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "listed_contact_pkey" PRIMARY KEY ("platform","organisation","value")
);

-- CreateTable
CREATE TABLE "person_join" (
    "id" UUID NOT NULL,
    "winner_id" UUID NOT NULL,
    "loser_id" UUID NOT NULL,
    "by_id" UUID,
    "why" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "moved" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_join_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "platform_todo_subject_idx" ON "platform_todo"("subject");

-- CreateIndex
CREATE INDEX "platform_todo_handle_idx" ON "platform_todo"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "platform_todo_person_id_subject_key" ON "platform_todo"("person_id", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "forward_source_key_key" ON "forward"("source_key");

-- CreateIndex
CREATE INDEX "forward_person_id_at_idx" ON "forward"("person_id", "at");

-- CreateIndex
CREATE INDEX "listed_contact_platform_organisation_run_idx" ON "listed_contact"("platform", "organisation", "run");

-- CreateIndex
CREATE INDEX "person_join_winner_id_idx" ON "person_join"("winner_id");

-- CreateIndex
CREATE INDEX "person_join_loser_id_idx" ON "person_join"("loser_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_dingtalk_key_key" ON "team"("dingtalk_key");

-- AddForeignKey
ALTER TABLE "platform_todo" ADD CONSTRAINT "platform_todo_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "forward" ADD CONSTRAINT "forward_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_join" ADD CONSTRAINT "person_join_winner_id_fkey" FOREIGN KEY ("winner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_join" ADD CONSTRAINT "person_join_loser_id_fkey" FOREIGN KEY ("loser_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_join" ADD CONSTRAINT "person_join_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- A ladder says «chat»; which platform that is differs from person to person. Only strings in the routes, never a title.
UPDATE "rule" SET "value" = jsonb_set("value", '{levels}', (
  SELECT jsonb_agg(coalesce(jsonb_set(l, '{route}', replace((l->'route')::text, '"wecom"', '"chat"')::jsonb), l) ORDER BY n)
  FROM jsonb_array_elements("value"->'levels') WITH ORDINALITY AS levels(l, n)))
WHERE jsonb_typeof("value") = 'object' AND jsonb_typeof("value"->'levels') = 'array' AND jsonb_array_length("value"->'levels') > 0
  AND "value"->'levels' @? '$[*] ? (exists (@.route))';

-- DingTalk says which of its messages was taken back by its name alone.
CREATE INDEX "card_copy_dingtalk_handle" ON "card_copy"("handle") WHERE "platform" = 'dingtalk';
