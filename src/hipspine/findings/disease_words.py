"""Words for pathology, symptoms of illness, medicines and procedures, in the form of `lexicon`."""

PATHOLOGY = """
avn = avn | avascular necrosis | osteonecrosis | aseptic necrosis | ischemic necrosis
avn = bone necrosis
avn femoral_head = onfh | anfh | femoral head necrosis | femoral head osteonecrosis
herniation = herniation | herniate | hernia of disc | hnp | herniated nucleus pulposus
herniation = slipped disc
protrusion = protrusion | protrude
extrusion = extrusion | extrude | sequestration | sequester | sequestrum | free fragment
disc extrusion = free disc fragment | disc fragment | free fragment of disc
prolapse = prolapse | plid | pivd
bulge = bulge | bulging
marrow edema = bone marrow edema | marrow edema | bme | bone edema | bone marrow lesion | bml
marrow edema = edema of bone | osseous edema | marrow signal change | bone marrow signal change
marrow edema = bone marrow edema like | bone marrow edema syndrome | edema of bone marrow
marrow edema = edema of the bone marrow
marrow = bone marrow
edema = edema | edematous
swell = swell | swollen
effusion = effusion | joint fluid | fluid in joint
tear = tear | torn | rupture | fullthickness tear
tendinopathy = tendinopathy | tendinosis | tendinitis | tendonitis | tendonosis | tendonopathy
sclerosis = sclerosis | sclerotic
osteophyte = osteophyte | osteophytosis | osteophytic | bone spur | spur
joint_space low = jsn | joint space narrowing | loss of joint space | narrowed joint space
joint_space low = narrowing of joint space | joint narrowing | cartilage space narrowing
joint_space hip = hip joint space
joint_space low hip = hip joint space narrowing | hip joint space loss
joint_space = joint space | cartilage space | joint space width | jsw
listhesis = spondylolisthesis | listhesis | anterolisthesis | slippage | vertebral slip
listhesis = olisthesis
stenosis = stenosis | stenotic | narrow
degeneration = degeneration | degenerative | degenerate | desiccation | dehydration
arthrosis = arthrosis | osteoarthritis | osteoarthrosis | arthritic | oa
arthrosis = degenerative joint disease
arthrosis hip = coxarthrosis
fracture = fracture | fx | break of bone
stress fracture = stress fracture | insufficiency fracture | fatigue fracture | stress reaction
atrophy = atrophy | wasting | amyotrophy | atrophic
spasm = spasm | muscle spasm | guarding
trigger_point = trigger point | myofascial trigger point | myofascial point
limp = limp | lame | lameness
radiat = radiate | radiation | spread | referred to | refer | travel
radiculopathy = radiculopathy | radicular pain | radiculitis
sciatica = sciatica | ischialgia | sciatic pain
sacroiliitis = sacroiliitis | sij inflammation
synovitis = synovitis | synovial inflammation | synovial thickening
abscess = abscess | fluid collection | collection
metastasis = metastasis | metastatic | secondary deposit | mets
tumor = tumor | neoplasm | neoplastic
stepoff = step off | stepoff | step deformity | step sign | palpable step
foot_drop = foot drop | drop foot | footdrop | dropped foot | dropfoot | dropping foot
foot_drop = drop of the foot
nonspecific = non specific | nonspecific
nonunion = non union | nonunion
stiff = stiff | stiffness | gelling
bruit = bruit
distraction = distraction | sij distraction | gapping | pelvic gapping
compression = compression | compress
kl = kl | kellgren lawrence | kellgren | kellgren and lawrence | kellgren lawrance
ankylosis = ankylosis | ankylosed | fused
"""

ILLNESS = """
temperature high = fever | febrile | pyrexia | pyrexial | feverish | low grade fever
temperature high = high temperature | subfebrile | pyretic
NO temperature high = afebrile | apyrexial | no fever | apyretic | apyrexic
chill = chill | rigor | shiver
night_sweat = night sweat | nocturnal sweating | sweating at night | drenching sweats
night = night | nocturnal | nighttime | night time | overnight | nightly
wake = wake | awaken | awake | woken | woke | awoke | sleep disturbance | disturbed sleep | waking
wake = disturb sleep | disturbs sleep | interrupted sleep | interrupts sleep
weight_loss = weight loss | loss of weight | lost weight | losing weight | loss of body weight
weight_loss = decreased weight | weight reduction | weight decrease | lose weight
anorexia = anorexia | loss of appetite | appetite loss | poor appetite | reduced appetite
anorexia = lost appetite
fatigue = fatigue | tired | exhaustion | malaise | lethargy
incontinence = incontinence | incontinent | leakage
retention = retention | unable void | unable to void | unable to urinate | cannot void
retention = inability to void | inability to urinate | unable to pass urine | unable to micturate
cancer = cancer | carcinoma | malignancy | malignant tumor | malignant neoplasm | lymphoma
cancer = leukemia | myeloma | multiple myeloma | sarcoma | melanoma | adenocarcinoma
cancer = malignant disease | seminoma | hodgkin lymphoma | non hodgkin lymphoma | malignant
cancer = oncological disease | renal cell carcinoma
diabetes = diabetes | diabetes mellitus | dm | t2dm | t1dm | diabetic | type 2 diabetes | iddm
diabetes = niddm
alcohol_excess = alcohol excess | alcoholism | alcohol abuse | heavy drinking | alcohol dependence
alcohol_excess = excessive alcohol | heavy alcohol | alcoholic | excess alcohol | alcohol misuse
alcohol_excess = heavy drinker | excessive drinking | excess drinking | alcohol overuse
alcohol_excess = alcohol addiction | heavy alcohol consumption | alcohol use disorder
alcohol_excess = high alcohol | ethanol abuse | excessive alcohol consumption
alcohol_excess = excessive alcohol intake | binge drinking
smoke = smoke | smoker | tobacco | cigarette | nicotine
lupus = lupus | sle | systemic lupus erythematosus | lupus erythematosus
rheumatoid = rheumatoid arthritis | rheumatoid
sickle_cell = sickle cell | sickle cell disease | sickle cell anemia | hbss
trauma = trauma | injury | traumatic | accident | injure
fall = fall | fell | fallen | fall onto
motor_vehicle = motor vehicle accident | motor vehicle | mva | rta | road traffic accident
motor_vehicle = car accident | motor vehicle collision | traffic accident | car crash | mvc
low_energy = low energy
immunosuppression = immunosuppression | immunosuppressed | immunocompromised | immunodeficiency
intravenous_drug = intravenous drug | ivdu | ivda | injection drug | pwid | injecting drug
hiv = hiv | human immunodeficiency virus
crohn = crohn | crohn disease
pregnancy = pregnancy | pregnant | gravid | gestation
postpartum = postpartum | post partum | puerperal | puerperium | after delivery | after childbirth
"""

MEDICINES = """
corticosteroid = corticosteroid | steroid | glucocorticoid | prednisone | prednisolone | cortisone
corticosteroid = methylprednisolone | dexamethasone | hydrocortisone | deflazacort | betamethasone
corticosteroid = glucocorticosteroid | medrol | systemic steroid | steroid therapy
corticosteroid = steroid medication | triamcinolone | oral steroid | systemic corticosteroid
corticosteroid = systemic glucocorticoid
anabolic_steroid = anabolic steroid | anabolic
nsaid = nsaid | non steroidal anti inflammatory | nonsteroidal anti inflammatory
nsaid = anti inflammatory | ibuprofen | naproxen | diclofenac | etoricoxib | celecoxib
nsaid = indomethacin | ketoprofen | meloxicam | non steroidal anti inflammatory drug
nsaid = nonsteroidal anti inflammatory drug | anti inflammatory drug | antiinflammatory
nsaid = nonsteroidal antiinflammatory drug | indometacin
anticoagulant = anticoagulant | anticoagulation | warfarin | apixaban | rivaroxaban | dabigatran
anticoagulant = edoxaban | heparin | enoxaparin | doac | noac | blood thinner | coumadin
anticoagulant = phenprocoumon | vitamin k antagonist | acenocoumarol
anticoagulant = low molecular weight heparin | lmwh
antiplatelet = antiplatelet | aspirin | clopidogrel | ticagrelor | acetylsalicylic acid
opioid = opioid | opiate | morphine | oxycodone | tramadol | codeine | fentanyl | hydrocodone
bisphosphonate = bisphosphonate | alendronate | zoledronate | risedronate | ibandronate
bisphosphonate = zoledronic acid | alendronic acid | pamidronate
tnf_inhibitor = tnf inhibitor | adalimumab | infliximab | etanercept | anti tnf | golimumab
tnf_inhibitor = certolizumab
statin = statin | atorvastatin | simvastatin | rosuvastatin | pravastatin
gabapentinoid = gabapentinoid | gabapentin | pregabalin
paracetamol = paracetamol | acetaminophen | tylenol
"""

PROCEDURES = """
arthroplasty = arthroplasty | joint replacement | prosthesis | prosthetic | replacement
arthroplasty = total joint replacement | endoprosthesis | prosthetic joint | artificial joint
arthroplasty hip = tha | thr | total hip replacement | hip replacement | total hip arthroplasty
arthroplasty knee = tkr | tka | total knee replacement
surgery = surgery | operation | operate | surgical | postoperative | post operative
fusion = fusion | spondylodesis | arthrodesis | instrumentation
laminectomy = laminectomy | decompression | discectomy | microdiscectomy | laminotomy
block = block | nerve block | anesthetic block | diagnostic block | local anesthetic block
block medial_branch = mbb | medial branch block | medial branch
injection = injection | inject | infiltration | tfesi | esi | anesthetic | infiltrate
injection = local anesthetic
inhaled = inhaled | inhaler | nasal | topical | cream | ointment | eye drop
transplant = transplant | transplantation | transplanted
biopsy = biopsy | aspiration | aspirate | puncture
vaccine = vaccine | vaccination
physiotherapy = physiotherapy | physical therapy | chiropractic | massage | acupuncture
conservative = conservative | non operative | nonoperative | non surgical | nonsurgical
"""

#: A narrower word may stand where a synonym has the wider one.
IS_A = """
protrusion: herniation | extrusion: herniation | prolapse: herniation | bed_rest: rest
motor_vehicle: trauma | fall: trauma | run: exercise activity | walk: activity
exercise: activity | kick: activity | jump: activity | physiotherapy: conservative
nsaid: analgesic | opioid: analgesic | paracetamol: analgesic | tear: lesion | fracture: lesion
rise: activity | sciatica: leg_radiating | sacroiliitis: inflammation | synovitis: inflammation
osteophyte: spur | stairs: activity | weight_bearing: activity | lift: activity
"""

#: Who, when or why: unexplained, these change what a phrase states.
SHIFTERS = """
arthroplasty surgery fusion laminectomy injection block inhaled transplant vaccine fear risk
prevent prevention prophylaxis schedule await screen concern worry anabolic_steroid donor biopsy
friend colleague husband wife child baby instead arthroscopy osteotomy template counsel advice
consider allergy allergic epidural intolerance intolerant trait carrier
"""

#: Real words so near to another that a misspelling must never be read into them.
NEVER_RESPELLED = """
hypertension hypotension hyperthyroidism hypothyroidism hyperesthesia hyperalgesia hypermobility
hypomobility hyperflexion hyperlordosis hypolordosis hyperkyphosis spondylosis spondylitis
spondylolysis spondylolisthesis spondylodiscitis spondyloarthropathy spondyloarthritis
osteoporosis osteopetrosis osteopenia osteomalacia osteomyelitis osteosarcoma neuropathy
nephropathy myopathy myelopathy radiculopathy arthropathy enthesopathy tendinopathy peroneal
perineal peritoneal pubic public ileum ilium palmar plantar radial ulnar humeral femoral humerus
femur tarsal carpal metatarsal metacarpal fibular tibial costal coastal arthritis arthrosis
bursitis myositis fasciitis phlebitis cellulitis cystitis colitis uveitis iritis anteversion
retroversion anterolisthesis retrolisthesis abduction adduction inversion eversion supination
pronation proximal distal ventral dorsal lumbar umbilical sacral scrotal hyperreflexia
hyporeflexia intracranial intraarticular extraarticular interspinous supraspinous thoracic
thoracotomy cervical cervix clavicular acetabular patellar scapular malleolar trochanteric
anterior posterior interior exterior superior inferior medial median lateral bilateral unilateral
contralateral ipsilateral flexion reflexion extension retention detention tension relation
rotation radiation irradiation sprain spiral labial menstrual mental renal adrenal rectal racial
vertebral cerebral
"""
