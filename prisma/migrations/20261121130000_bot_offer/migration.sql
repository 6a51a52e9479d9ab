-- CreateTable
CREATE TABLE "bot_offer" (
    "person_id" UUID NOT NULL,
    "offered" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_offer_pkey" PRIMARY KEY ("person_id")
);

-- AddForeignKey
ALTER TABLE "bot_offer" ADD CONSTRAINT "bot_offer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
