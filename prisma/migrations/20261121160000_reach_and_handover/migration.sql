-- AlterTable: a number is kept here once it is proved; until then it stands with its code.
ALTER TABLE "contact_point" DROP COLUMN "code_hash",
DROP COLUMN "code_tries",
DROP COLUMN "code_until";

-- AlterTable
ALTER TABLE "reach" ADD COLUMN     "barred_why" TEXT;

-- CreateTable
CREATE TABLE "contact_code" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reach_try" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "token" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "reach_try_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chore" (
    "name" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chore_pkey" PRIMARY KEY ("name","day")
);

-- CreateTable
CREATE TABLE "handover" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_item" (
    "handover_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "customer_id" UUID,
    "to_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handover_item_pkey" PRIMARY KEY ("handover_id","kind","subject_id")
);

-- CreateTable
CREATE TABLE "handover_gift" (
    "id" UUID NOT NULL,
    "handover_id" UUID NOT NULL,
    "batch" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_gift_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contact_code_person_id_channel_at_idx" ON "contact_code"("person_id", "channel", "at");

-- CreateIndex
CREATE INDEX "contact_code_hash_at_idx" ON "contact_code"("hash", "at");

-- CreateIndex
CREATE UNIQUE INDEX "reach_try_token_key" ON "reach_try"("token");

-- CreateIndex
CREATE INDEX "reach_try_person_id_at_idx" ON "reach_try"("person_id", "at");

-- CreateIndex
CREATE INDEX "handover_person_id_at_idx" ON "handover"("person_id", "at");

-- CreateIndex
CREATE INDEX "handover_gift_customer_id_idx" ON "handover_gift"("customer_id");

-- AddForeignKey
ALTER TABLE "contact_code" ADD CONSTRAINT "contact_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reach_try" ADD CONSTRAINT "reach_try_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_item" ADD CONSTRAINT "handover_item_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_item" ADD CONSTRAINT "handover_item_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_gift" ADD CONSTRAINT "handover_gift_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_gift" ADD CONSTRAINT "handover_gift_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_gift" ADD CONSTRAINT "handover_gift_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_gift" ADD CONSTRAINT "handover_gift_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Written by hand: what Prisma's schema language can't say.

-- One handover of a person is under way at a time, and a customer is given to one colleague at a time.
CREATE UNIQUE INDEX "handover_open" ON "handover" ("person_id") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "handover_gift_standing" ON "handover_gift" ("handover_id", "customer_id") WHERE "undone_at" IS NULL;

-- The sweep for what was opened for somebody in the moment in which they left.
CREATE INDEX "person_left" ON "person" ("id") WHERE "left_at" IS NOT NULL;
